package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.ConfigPaths;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.HistoryConfig;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.evaluation.EvaluationConfig;
import org.seq4j.trainer.training.config.EarlyStoppingConfig;
import org.seq4j.trainer.training.config.TrainingConfig;

/** The top-level keys of an experiment's config file. */
public record ExperimentConfig(
    @Key(doc = "Name of the experiment; its run is written to runs/NAME if no folder is given.")
        String name,
    @Key(
            doc =
                "Random seed of initial weights, dropout and the order of the data. The same seed"
                    + " gives the same weights.",
            defaultValue = "1")
        long seed,
    @Key(doc = "Data for training, validation and testing.") DataConfig data,
    @Key(
            doc = "Source side: tokenizer, vocabulary and max length, or vectors.",
            defaultValue = "{}")
        SequenceConfig source,
    @Key(
            doc = "Target side: tokenizer, vocabulary and max length, or vectors.",
            defaultValue = "{}")
        SequenceConfig target,
    @Key(doc = "Components of the model.") ModelConfig model,
    @Key(doc = "Training of the model.", defaultValue = "{}") TrainingConfig training,
    @Key(doc = "Search for targets at inference.", defaultValue = "{}") SearchConfig search,
    @Key(doc = "Evaluation of hypotheses.", defaultValue = "{}") EvaluationConfig evaluation) {

  /** Checks the rules across sections. */
  public ExperimentConfig {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: expected a name, got an empty one");
    }
    if (model.encoder().isEmpty()) {
      source = ofLanguageModel(source, model);
      data = data.ofTargets();
    } else {
      checkSource(source);
    }
    if (model.embedding().tie() == ModelConfig.Tie.ALL
        && !source.vocabulary().equals(target.vocabulary())) {
      throw new IllegalArgumentException(
          "model.embedding.tie: all needs one vocabulary for both sides, so source.vocabulary and"
              + " target.vocabulary must be the same");
    }
    if (source.isVectors() || target.isVectors()) {
      checkVectors(source, target, model);
    }
    checkSides(data, source, target);
    DataConfig read = data; // not assigned to, for lambdas
    training
        .earlyStopping()
        .ifPresent(
            stopping ->
                check("training.early_stopping", "metric", stopping.metric(), read, evaluation));
    training
        .checkpoints()
        .bestBy()
        .ifPresent(metric -> check("training.checkpoints", "best_by", metric, read, evaluation));
  }

  private static void checkSource(SequenceConfig source) {
    if (source.type() == SequenceConfig.Type.NONE) {
      throw new IllegalArgumentException(
          "source.type: none is the source of a language model: remove model.encoder, or choose"
              + " text, vectors or files");
    }
  }

  private static SequenceConfig ofLanguageModel(SequenceConfig source, ModelConfig model) {
    if (source.isVectors() || source.history().isPresent()) {
      throw new IllegalArgumentException(
          "source: a language model, without model.encoder, has no source: remove it, or add an"
              + " encoder");
    }
    if (model.embedding().tie() == ModelConfig.Tie.ALL) {
      throw new IllegalArgumentException(
          "model.embedding.tie: a language model has no source embeddings to share: use tie:"
              + " output");
    }
    return source.none();
  }

  private static void checkVectors(
      SequenceConfig source, SequenceConfig target, ModelConfig model) {
    ModelConfig.Tie tie = model.embedding().tie();
    if (tie == ModelConfig.Tie.ALL || (tie == ModelConfig.Tie.OUTPUT && target.isVectors())) {
      throw new IllegalArgumentException(
          "model.embedding.tie: a side of vectors has no embedding table to share");
    }
    if ((source.isVectors() && model.embedding().source().vectors().isPresent())
        || (target.isVectors() && model.embedding().target().vectors().isPresent())) {
      throw new IllegalArgumentException(
          "model.embedding: a side of vectors has no embedding table to initialize from a file of"
              + " vectors");
    }
    if (source.generatedLength().isPresent()) {
      throw new IllegalArgumentException(
          "source.generated_length: only a target is generated; write it under target");
    }
  }

  private static void checkSides(DataConfig data, SequenceConfig source, SequenceConfig target) {
    if (target.onTooLong() == SequenceConfig.OnTooLong.CUT) {
      throw new IllegalArgumentException(
          "target.on_too_long: only a source can be cut; a model that learns from cut targets stops"
              + " too early. Write it under source, or raise target.max_length");
    }
    if (target.type() == SequenceConfig.Type.FILES) {
      throw new IllegalArgumentException(
          "target.type: only a source can consist of files; write text or vectors");
    }
    if (target.history().isPresent()) {
      throw new IllegalArgumentException(
          "target.history: only a source has a history of turns. Write it under source");
    }
    source.history().ifPresent(history -> checkColumnSeparator(history, data.train()));
  }

  private static void checkColumnSeparator(HistoryConfig history, List<CorpusConfig> corpora) {
    for (CorpusConfig corpus : corpora) {
      if (corpus.source().size() > 1
          && !history.columnSeparator().equals(Optional.of(corpus.separator()))) {
        throw new IllegalArgumentException(
            "source.history.column_separator: data.train joins columns with '%s', so expected the same text"
                .formatted(corpus.separator()));
      }
    }
  }

  /** Checks a key that names a result of validation. */
  private static void check(
      String section, String key, String metric, DataConfig data, EvaluationConfig evaluation) {
    if (data.dev().isEmpty() && data.heldOut().isEmpty()) {
      throw new IllegalArgumentException(
          section + ": validation data are missing. Add data.dev or data.held_out");
    }
    if (!metric.equals(EarlyStoppingConfig.LOSS) && !evaluation.names().contains(metric)) {
      throw new IllegalArgumentException(
          "%s.%s: expected loss or one of evaluation.metrics %s, got '%s'"
              .formatted(section, key, evaluation.names(), metric));
    }
  }

  /** Returns the sections that inference needs. */
  public TranslationConfig translation() {
    return new TranslationConfig(source, target, model, search);
  }

  /**
   * Returns a copy with another value of a key: {@code with("model.decoder.attention", mine)}.
   *
   * @param key path of the key, as in a config file; it may lead into components
   * @param value the value, in the key's type in the record, such as a {@link Component}; of an
   *     {@code Optional} key, also the value itself
   * @throws IllegalArgumentException if there is no such key, or the value has another type or is
   *     invalid
   */
  public ExperimentConfig with(String key, Object value) {
    return (ExperimentConfig)
        Component.of(Object.class, "experiment", this, keys -> keys).with(key, value).config();
  }

  /** Returns this config with other sides. */
  ExperimentConfig withSides(SequenceConfig otherSource, SequenceConfig otherTarget) {
    return new ExperimentConfig(
        name, seed, data, otherSource, otherTarget, model, training, search, evaluation);
  }

  /**
   * Returns this config with absolute paths, so that it no longer depends on the folder of its
   * file.
   */
  ExperimentConfig withAbsolutePaths(Path directory) {
    return new ExperimentConfig(
        name,
        seed,
        data.absolute(directory),
        source,
        target,
        model.absolute(directory),
        ConfigPaths.map(training, directory::resolve),
        ConfigPaths.map(search, file -> directory.resolve(file).toAbsolutePath().normalize()),
        evaluation);
  }
}
