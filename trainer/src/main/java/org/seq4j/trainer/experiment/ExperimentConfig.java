package org.seq4j.trainer.experiment;

import java.nio.file.Path;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.ConfigPaths;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.evaluation.EvaluationConfig;
import org.seq4j.trainer.training.config.EarlyStoppingConfig;
import org.seq4j.trainer.training.config.TrainingConfig;

/** An experiment: the keys at the top of its file. */
public record ExperimentConfig(
    @Key(doc = "What the experiment is called; its run goes to runs/NAME if no folder is given.")
        String name,
    @Key(
            doc =
                "What everything random follows from: first weights, dropout, the order of the"
                    + " data. The same seed gives the same weights.",
            defaultValue = "1")
        long seed,
    @Key(doc = "What to learn from, validate on and test on.") DataConfig data,
    @Key(doc = "What a source consists of.", defaultValue = "{}") SequenceConfig source,
    @Key(doc = "What a target consists of.", defaultValue = "{}") SequenceConfig target,
    @Key(doc = "What the model consists of.") ModelConfig model,
    @Key(doc = "How the model is fitted.", defaultValue = "{}") TrainingConfig training,
    @Key(doc = "How targets are searched for when the model is used.", defaultValue = "{}")
        SearchConfig search,
    @Key(doc = "How answers are scored.", defaultValue = "{}") EvaluationConfig evaluation) {

  /** Checks what one section demands of another. */
  public ExperimentConfig {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name: expected a name, got nothing");
    }
    if (model.embedding().tie() == ModelConfig.Tie.ALL
        && !source.vocabulary().equals(target.vocabulary())) {
      throw new IllegalArgumentException(
          "model.embedding.tie: all makes one vocabulary of both sides, so source.vocabulary and"
              + " target.vocabulary must be the same");
    }
    if (source.isVectors() || target.isVectors()) {
      checkVectors(source, target, model);
    }
    training.earlyStopping().ifPresent(stopping -> check(stopping, data, evaluation));
  }

  private static void checkVectors(
      SequenceConfig source, SequenceConfig target, ModelConfig model) {
    ModelConfig.Tie tie = model.embedding().tie();
    if (tie == ModelConfig.Tie.ALL || (tie == ModelConfig.Tie.OUTPUT && target.isVectors())) {
      throw new IllegalArgumentException(
          "model.embedding.tie: vectors have no table of tokens that could be shared");
    }
    if ((source.isVectors() && model.embedding().source().vectors().isPresent())
        || (target.isVectors() && model.embedding().target().vectors().isPresent())) {
      throw new IllegalArgumentException(
          "model.embedding: a side of vectors has no table of tokens to begin with others");
    }
    if (source.generatedLength().isPresent()) {
      throw new IllegalArgumentException(
          "source.generated_length: only a target is generated; write it under target");
    }
  }

  private static void check(
      EarlyStoppingConfig stopping, DataConfig data, EvaluationConfig evaluation) {
    if (data.dev().isEmpty() && data.heldOut().isEmpty()) {
      throw new IllegalArgumentException(
          "training.early_stopping: needs data to validate on. Add data.dev or data.held_out");
    }
    if (!stopping.metric().equals(EarlyStoppingConfig.LOSS)
        && !evaluation.names().contains(stopping.metric())) {
      throw new IllegalArgumentException(
          "training.early_stopping.metric: expected loss or one of evaluation.metrics %s, got '%s'"
              .formatted(evaluation.names(), stopping.metric()));
    }
  }

  /** The part that using the model takes. */
  public TranslationConfig translation() {
    return new TranslationConfig(source, target, model, search);
  }

  /** The same with other sides. */
  ExperimentConfig withSides(SequenceConfig otherSource, SequenceConfig otherTarget) {
    return new ExperimentConfig(
        name, seed, data, otherSource, otherTarget, model, training, search, evaluation);
  }

  /** The same, named so that the folder of the file does not matter any more. */
  ExperimentConfig withAbsolutePaths(Path directory) {
    return new ExperimentConfig(
        name,
        seed,
        data.absolute(directory),
        source,
        target,
        model.absolute(directory),
        ConfigPaths.map(training, directory::resolve),
        search,
        evaluation);
  }
}
