package org.seq4j.runtime.translate;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.codec.FeatureCodec;
import org.seq4j.runtime.codec.SequenceCodec;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.inference.Predictor;
import org.seq4j.runtime.inference.Sources;
import org.seq4j.runtime.inference.TokenPredictor;
import org.seq4j.runtime.inference.VectorPredictor;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.search.SearchConfig;

/** The target side of a model: the differences between targets of tokens and of vectors. */
sealed interface TargetSide permits TokenSide, VectorSide {

  /**
   * Creates the target side from a predictor and the codec of its targets.
   *
   * @param loader loads the runs of language models; empty if searches cannot have one
   * @throws IllegalArgumentException if one is for tokens and the other for vectors
   */
  static TargetSide of(
      Predictor predictor,
      SequenceCodec codec,
      TranslationConfig config,
      ComponentContext context,
      Optional<Function<Path, LoadedRun>> loader) {
    if (predictor instanceof TokenPredictor tokens && codec instanceof TextCodec text) {
      return new TokenSide(
          tokens,
          text,
          new SearchTasks(text, tokens.copies(), context),
          new LanguageModels(loader, text));
    }
    if (predictor instanceof VectorPredictor vectors && codec instanceof FeatureCodec features) {
      return new VectorSide(vectors, features, config.target().generatedLength());
    }
    throw new IllegalArgumentException(
        "the predictor and the target codec must both be for tokens or both for vectors");
  }

  Predictor predictor();

  SequenceCodec codec();

  /** Adds extended ids to a source, if the model copies. */
  ReadSource copyable(ReadSource source);

  /** Encodes a given target for a source. */
  SequenceData encode(ReadSource source, ExampleValue target);

  /**
   * Predicts targets.
   *
   * @param sources sources of the requests, none of which is empty
   * @param requests requests with a common search, except for the keys that differ by source
   * @param lexicon translations of tokens that are copied to replace unknown ones
   * @return candidates for each request, best first
   */
  List<List<Translation.Candidate>> predict(
      Sources sources, List<ReadRequest> requests, Map<String, String> lexicon);

  /** Returns a sentence for each key of a search that has no effect with this model. */
  List<String> warnings(SearchConfig search);

  /**
   * Returns this side if its targets are tokens.
   *
   * @throws IllegalStateException if they are vectors
   */
  TokenSide searched();
}
