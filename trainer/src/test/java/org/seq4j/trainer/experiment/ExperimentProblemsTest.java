package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.plugin.Component;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.trainer.objective.CrossEntropy;

/** What is wrong with an experiment before anything is made. */
final class ExperimentProblemsTest {
  @TempDir Path folder;

  private ToyExperiment toy;

  @BeforeEach
  void write() {
    toy = ToyExperiment.in(folder);
  }

  @Test
  void everyDefaultIsFilledIn() {
    ExperimentConfig config = toy.load().config();
    assertThat(config.seed()).isEqualTo(1);
    assertThat(config.training().clipNorm()).isEqualTo(1);
    assertThat(config.training().objectives())
        .extracting(Component::config)
        .containsExactly(new CrossEntropy.Config(0, 1));
    assertThat(config.training().maxSteps()).isEmpty();
    assertThat(config.training().earlyStopping()).isEqualTo(Optional.empty());
    assertThat(config.evaluation().names()).containsExactly("exact-match", "ser");
    assertThat(config.search().size()).isEqualTo(5);
    assertThat(config.model().embedding().tie()).isEqualTo(ModelConfig.Tie.NONE);
  }

  @Test
  void pathsStartFromTheFileAndAreThenAbsolute() {
    ExperimentConfig config = toy.load().config();
    assertThat(config.data().train().get(0).file()).contains(toy.file("train.tsv"));
  }

  @Test
  void filesThatAreNotThereAreToldAtOnce() throws IOException {
    Files.delete(toy.file("train.tsv"));
    Files.delete(toy.file("dev.tsv"));
    assertThatThrownBy(() -> toy.load())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(toy.file("toy.yaml") + ": 2 problems\n  line 3")
        .hasMessageContaining("data.train[0].file: no such file: " + toy.file("train.tsv"))
        .hasMessageContaining("data.dev.file: no such file: " + toy.file("dev.tsv"));
  }

  @Test
  void earlyStoppingWatchesWhatIsMeasured() {
    assertThatThrownBy(() -> toy.load("training.early_stopping={metric: bleu}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "training.early_stopping.metric: expected loss or one of evaluation.metrics"
                + " [exact-match, ser], got 'bleu'");
  }

  @Test
  void earlyStoppingNeedsValidationData() throws IOException {
    String config = Files.readString(toy.file("toy.yaml")).replaceAll("  dev: .*\n", "");
    Files.writeString(toy.file("toy.yaml"), config);
    assertThatThrownBy(() -> toy.load("training.early_stopping={patience: 3}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "training.early_stopping: validation data are missing. Add data.dev or data.held_out");
  }

  @Test
  void guidanceNeedsAlignments() {
    assertThatThrownBy(() -> toy.load("training.objectives=[cross-entropy, guided-alignment]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "training.objectives[1]: guided-alignment: needs alignments, but no corpus in data.train"
                + " has any. Add a file of them: {source: a, target: b, alignment: c}");
  }

  @Test
  void oneVocabularyHasOneRule() {
    assertThatThrownBy(
            () -> toy.load("model.embedding.tie=all", "source.vocabulary.min_frequency=2"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "model.embedding.tie: all needs one vocabulary for both sides, so source.vocabulary and"
                + " target.vocabulary must be the same");
  }

  @Test
  void aMetricIsThereOnce() {
    assertThatThrownBy(() -> toy.load("evaluation.metrics=[ser, ser]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("metrics: 'ser' occurs twice");
  }

  @Test
  void validationHasOneRule() {
    assertThatThrownBy(() -> toy.load("training.validation={every_epochs: 1, every_steps: 10}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("set either every_epochs or every_steps");
  }
}
