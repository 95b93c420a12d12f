package org.seq4j.runtime.translate;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.search.LanguageModelConfig;
import org.seq4j.runtime.search.SearchConfig;

/**
 * The language models that searches name, each loaded when the first search names it. Thread-safe.
 */
final class LanguageModels implements AutoCloseable {
  private final Optional<Function<Path, LoadedRun>> loader;
  private final TextCodec target;
  private final Map<Path, LoadedRun> loaded = new HashMap<>();

  /**
   * Creates the models for a target side.
   *
   * @param loader loads a run; empty if no run can be loaded
   */
  LanguageModels(Optional<Function<Path, LoadedRun>> loader, TextCodec target) {
    this.loader = loader;
    this.target = target;
  }

  /**
   * Returns the language model that a search names.
   *
   * @throws RunException if it cannot be loaded, is no language model, or has another vocabulary
   */
  synchronized Optional<TokenPredictor> of(SearchConfig search) {
    return search
        .languageModel()
        .map(LanguageModelConfig::run)
        .map(run -> (TokenPredictor) loaded.computeIfAbsent(run, this::load).predictor());
  }

  private LoadedRun load(Path run) {
    LoadedRun model =
        loader
            .orElseThrow(
                () ->
                    new RequestException(
                        "search.language_model: only the model of a run can be searched with one"))
            .apply(run);
    if (!model.source().isAbsent()) {
      model.close();
      throw new RunException(
          "search.language_model: "
              + run
              + " is not the run of a language model: its model has an encoder");
    }
    if (model.target().isReversed() != target.isReversed()) {
      model.close();
      throw new RunException(
          "search.language_model: "
              + run
              + " reads its tokens in another order than this model writes them: target.reversed"
              + " must be the same");
    }
    if (!model.target().knownTokens().equals(target.knownTokens())) {
      model.close();
      throw new RunException(
          "search.language_model: the vocabulary of "
              + run
              + " is not that of this model's targets. Train the language model with"
              + " target.vocabulary.file set to target.vocabulary of this model's run");
    }
    return model;
  }

  @Override
  public synchronized void close() {
    loaded.values().forEach(LoadedRun::close);
    loaded.clear();
  }
}
