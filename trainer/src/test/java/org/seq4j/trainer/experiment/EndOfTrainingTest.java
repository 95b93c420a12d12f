package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.Origin;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.corpus.DataException;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingResult;
import org.seq4j.trainer.training.validation.ValidationReport;

/** The ways in which training ends, good and bad. There are 13 steps in an epoch. */
final class EndOfTrainingTest {
  @TempDir Path folder;

  private ToyExperiment toy;
  private Path run;

  @BeforeEach
  void write() {
    toy = ToyExperiment.in(folder);
    run = folder.resolve("run");
  }

  @Test
  void stopsEarlyWhenValidationShowsNoProgress() {
    Experiment experiment =
        toy.load(
            "training.learning_rate=0",
            "training.epochs=9",
            "training.early_stopping={metric: ser, patience: 2}");
    Recorder recorder = Recorder.untilTheEnd();
    TrainingResult result = experiment.train(run, recorder);
    assertThat(result.outcome()).isEqualTo(TrainingResult.Outcome.STOPPED_EARLY);
    assertThat(result.epochs()).isEqualTo(3);
    assertThat(result.best().orElseThrow().metric()).isEqualTo("ser");
    assertThat(result.best().orElseThrow().step()).isEqualTo(13);
    assertThat(recorder.validations)
        .extracting(ValidationReport::best)
        .containsExactly(true, false, false);
  }

  @Test
  void patienceIsRememberedWhenARunGoesOn() {
    String[] still = {"training.learning_rate=0", "training.early_stopping={patience: 2}"};
    Recorder recorder = Recorder.stoppingAfter(30); // after two validations
    toy.load(still).train(run, recorder.stop, recorder);
    TrainingResult result = toy.load(still).resume(run);
    assertThat(result.outcome()).isEqualTo(TrainingResult.Outcome.FINISHED); // the third is the end
    assertThat(toy.load(still[0], still[1], "training.epochs=9").resume(run).outcome())
        .isEqualTo(TrainingResult.Outcome.STOPPED_EARLY);
  }

  @Test
  void stopsAtTheMostSteps() {
    Experiment experiment = toy.load("training.max_steps=5", "training.validation.every_steps=2");
    Recorder recorder = Recorder.untilTheEnd();
    TrainingResult result = experiment.train(run, recorder);
    assertThat(result.steps()).isEqualTo(5);
    assertThat(recorder.validations).extracting(ValidationReport::step).containsExactly(2L, 4L, 5L);
  }

  @Test
  void withoutValidationDataTheLastModelIsTheBest() throws IOException {
    String config = Files.readString(toy.file("toy.yaml")).replaceAll("  dev: .*\n", "");
    Files.writeString(toy.file("toy.yaml"), config);
    Recorder recorder = Recorder.untilTheEnd();
    TrainingResult result = toy.load("training.epochs=2").train(run, recorder);
    assertThat(result.best()).isEmpty();
    assertThat(recorder.validations).isEmpty();
    RunDirectory files = new RunDirectory(run);
    Map<String, List<Float>> best = ToyExperiment.weights(files.bestCheckpoints().get(0));
    Map<String, List<Float>> last = ToyExperiment.weights(files.lastCheckpoints().get(0));
    assertThat(last).containsAllEntriesOf(best);
    assertThat(last).hasSize(3 * best.size()); // Adam's two slots are needed to go on only
    Recorder stopping = Recorder.stoppingAfter(30); // in mid-epoch, where none is made for use
    toy.load("training.epochs=3").resume(run, stopping.stop, stopping);
    assertThat(files.bestCheckpoints()).extracting(RunDirectory::step).containsExactly(26L);
  }

  @Test
  void theModelForUseIsTheMovingAverage() {
    toy.load("training.moving_average=0.9", "training.max_steps=9").train(run);
    RunDirectory files = new RunDirectory(run);
    Map<String, List<Float>> last = ToyExperiment.weights(files.lastCheckpoints().get(0));
    Map<String, List<Float>> best = ToyExperiment.weights(files.bestCheckpoints().get(0));
    assertThat(best).hasSizeGreaterThan(10);
    best.forEach(
        (path, values) ->
            assertThat(values)
                .as(path)
                .isEqualTo(last.get("optimizer.average." + path))
                .isNotEqualTo(last.get(path)));
  }

  @Test
  void aModelThatIsTiedSharesOneVocabulary() {
    toy.load("model.embedding.tie=all", "training.max_steps=2").train(run);
    RunDirectory files = new RunDirectory(run);
    assertThat(files.sourceVocabulary()).hasSameTextualContentAs(files.targetVocabulary());
    try (Translator translator = Translator.load(run)) {
      assertThat(translator.translate(List.of("a b"), SearchConfig.greedy())).hasSize(1);
    }
  }

  @Test
  void numbersThatAreNoneEndTrainingAndSpoilNoCheckpoint() throws IOException {
    ComponentRegistry registry =
        ComponentRegistry.builder()
            .add(ToyExperiment.REGISTRY)
            .add(new ExplodingPlugin(), Origin.PROGRAM)
            .build();
    Experiment experiment =
        Experiment.load(
            toy.file("toy.yaml"),
            registry,
            List.of("training.optimizer={type: exploding, at: 20}"));
    assertThatThrownBy(() -> experiment.train(run))
        .isInstanceOf(TrainingException.class)
        .hasMessageStartingWith("step 21: the loss is NaN and the norm of the gradients is NaN")
        .hasMessageContaining(
            "the weights before the step are in %s; the last checkpoint (%s) is unchanged"
                .formatted(
                    run.resolve("diverged"), new RunDirectory(run).lastCheckpoints().get(0)));
    JsonNode step = new ObjectMapper().readTree(run.resolve("diverged/step.json").toFile());
    assertThat(step.get("step").asLong()).isEqualTo(21);
    assertThat(step.get("operation").asText())
        .startsWith("the first operation that outputs NaN is ")
        .contains("the nearest parameters are [");
    assertThat(step.get("batch")).hasSize(16);
    assertThat(step.get("batch").get(0).get("source").get(0).asText()).matches("[a-f]");
    assertThat(step.get("gradient_norms").size()).isGreaterThan(10);
    assertThat(run.resolve("diverged/weights.safetensors")).exists();
    assertThat(ToyExperiment.weights(new RunDirectory(run).lastCheckpoints().get(0)).values())
        .allSatisfy(values -> assertThat(values).doesNotContain(Float.NaN));
    List<JsonNode> log = ToyExperiment.lines(run.resolve("sessions.jsonl"));
    assertThat(log.get(log.size() - 1).get("outcome").asText()).isEqualTo("failed");
  }

  @Test
  void anEmptyTrainingFileLeavesNothingBehind() throws IOException {
    Files.writeString(toy.file("train.tsv"), "");
    assertThatThrownBy(() -> toy.load().train(run))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(toy.file("train.tsv") + " is empty");
    assertThat(run).doesNotExist();
  }

  @Test
  void pairsThatAreAllTooLongAreCounted() {
    ToyExperiment.write(toy.file("train.tsv"), "a b c\ta\na\ta b c\n\ta\n");
    assertThatThrownBy(() -> toy.load("source.max_length=2", "target.max_length=2").train(run))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "train: no example is left to train on; skipped: 1 with an empty source (a source needs a"
                + " token), 1 with a source that is too long (source.max_length), 1 with a target"
                + " that is too long (target.max_length)");
  }

  @Test
  void aVocabularyThatWouldBeEmptyIsRefused() {
    assertThatThrownBy(() -> toy.load("target.vocabulary.min_frequency=9999").train(run))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("target: the vocabulary would be empty");
  }

  @Test
  void aModelThatCannotBeBuiltLeavesNoRun() {
    Experiment experiment = toy.load("model.decoder.bridge=copy", "model.decoder.units=8");
    assertThatThrownBy(() -> experiment.train(run))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(toy.file("toy.yaml") + ": 1 problem\n  line ")
        .hasMessageContaining("model: the model cannot be built: ");
    assertThat(run).doesNotExist();
  }

  @Test
  void aModelIsVerifiedWithoutItsData() throws IOException {
    toy.load().verifyModel();
    Experiment experiment =
        toy.load(
            "model.decoder.attention={type: luong, score: dot}",
            "model.decoder.units=8",
            "model.decoder.bridge=dense");
    Files.delete(toy.file("train.tsv"));
    assertThatThrownBy(experiment::verifyModel)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("model: the model cannot be built: ");
  }

  @Test
  void aPlaceThatCannotBeWrittenToIsNamed() throws IOException {
    Path inside = Files.writeString(folder.resolve("file"), "").resolve("run");
    assertThatThrownBy(() -> toy.load().train(inside))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith("cannot write " + inside);
  }
}
