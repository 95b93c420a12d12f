package org.seq4j.trainer.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.data.split.StableRandom;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.state.TrainingException;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.state.TrainingResult;

/** The model has dropout, and there are 13 steps in an epoch. */
final class ResumeTest {
  @TempDir static Path folderOfWhole;
  private static Path whole; // a run that nothing has interrupted

  @TempDir Path folder;

  private ToyExperiment toy;
  private Path run;

  @BeforeAll
  static void trainWhole() {
    whole = folderOfWhole.resolve("run");
    ToyExperiment.in(folderOfWhole).load().train(whole);
  }

  @BeforeEach
  void write() {
    toy = ToyExperiment.in(folder);
    run = folder.resolve("run");
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherDoesNot() {
    toy.load().train(run);
    assertThat(last(run)).isEqualTo(last(whole));
    toy.load("seed=2").train(folder.resolve("other"));
    assertThat(last(folder.resolve("other"))).isNotEqualTo(last(whole));
  }

  @Test
  void theSameSeedGivesTheSameWeightsInTwoThreads() {
    for (String name : List.of("first", "second")) {
      toy.load("training.threads=2", "training.epochs=1").train(folder.resolve(name));
    }
    assertThat(last(folder.resolve("first"))).isEqualTo(last(folder.resolve("second")));
  }

  private static Map<String, List<Float>> last(Path run) {
    return ToyExperiment.weights(new RunDirectory(run).lastCheckpoints().get(0));
  }

  private static Map<String, List<Float>> best(Path run) {
    return ToyExperiment.weights(new RunDirectory(run).bestCheckpoints().get(0));
  }

  @Test
  void aRunThatWasStoppedEndsAsOneThatWasNot() {
    Recorder recorder = Recorder.stoppingAfter(20);
    TrainingResult stopped = toy.load().train(run, recorder.stop, recorder);
    assertThat(stopped.outcome()).isEqualTo(TrainingResult.Outcome.INTERRUPTED);
    assertThat(stopped.steps()).isEqualTo(20);
    assertThat(stopped.epochs()).isEqualTo(1);
    assertThat(stopped.progress()).isEqualTo((1 + 7 / 13.0) / 3);

    Recorder rest = Recorder.untilTheEnd();
    TrainingResult finished = toy.load().resume(run, rest);
    assertThat(finished.steps()).isEqualTo(39);
    assertThat(rest.plans.get(0).firstStep()).isEqualTo(20);
    assertThat(rest.steps).hasSize(19);
    assertThat(last(run)).isEqualTo(last(whole));
    assertThat(best(run)).isEqualTo(best(whole));
  }

  private static Stream<List<String>> otherTrainings() {
    return Stream.of(
        List.of("model.decoder.attention=none", "model.output={type: hard-monotonic, order: 1}"),
        List.of("training.precision=bf16"));
  }

  @ParameterizedTest
  @MethodSource("otherTrainings")
  void aRunOfAnotherKindResumesExactlyToo(List<String> settings) {
    String[] keys =
        Stream.concat(settings.stream(), Stream.of("training.epochs=1", "training.micro_batches=2"))
            .toArray(String[]::new);
    Path atOnce = folder.resolve("at-once");
    toy.load(keys).train(atOnce);
    Recorder recorder = Recorder.stoppingAfter(6);
    toy.load(keys).train(run, recorder.stop, recorder);
    toy.load(keys).resume(run, Recorder.untilTheEnd());
    assertThat(last(run)).isEqualTo(last(atOnce));
  }

  @Test
  void aRunThatWasKilledEndsAsOneThatWasNot() {
    assertThatThrownBy(() -> toy.load().train(run, Recorder.failingAfter(30))).hasMessage("killed");
    Recorder rest = Recorder.untilTheEnd();
    toy.load().resume(run, rest);
    assertThat(rest.plans.get(0).firstStep()).isEqualTo(26);
    assertThat(last(run)).isEqualTo(last(whole));
    assertThat(events(run)).isEqualTo(events(whole));
  }

  /** Its words are cut in another way each time, in pieces of 50 pairs, with 40 held out. */
  private static final String[] STREAMED = {
    "data.shuffle_buffer=50",
    "data.dev=",
    "data.held_out={count: 20}",
    "source.tokenizer={type: bpe, codes: <toy>/codes.bpe, dropout: 0.5}",
  };

  @Test
  void aStreamedRunThatWasStoppedEndsAsOneThatWasNot() throws IOException {
    ToyExperiment.write(
        toy.file("codes.bpe"), "#version: 0.2\na b\nc d\na b</w>\nc d</w>\nab cd\n");
    for (String name : List.of("train.tsv", "dev.tsv", "test.tsv")) { // words, not letters
      List<String> lines = Files.readAllLines(toy.file(name));
      ToyExperiment.write(
          toy.file(name),
          lines.stream()
              .map(line -> line.split("\t", -1))
              .map(pair -> pair[0].replace(" ", "") + "\t" + pair[1] + "\n")
              .collect(Collectors.joining()));
    }
    Path streamed = folder.resolve("streamed");
    toy.load(STREAMED).train(streamed);
    Recorder recorder = Recorder.stoppingAfter(16);
    toy.load(STREAMED).train(run, recorder.stop, recorder);
    TrainingResult finished = toy.load(STREAMED).resume(run);
    assertThat(finished.epochs()).isEqualTo(3);
    assertThat(last(run)).isEqualTo(last(streamed));
    assertThat(run.resolve("tokenizers/codes.bpe")).exists();
    try (Translator translator = Translator.load(run)) {
      assertThat(translator.translate(List.of("abcd"))).hasSize(1);
    }
  }

  @Test
  void aTokenizersFileThatHasChangedIsRefused() throws IOException {
    ToyExperiment.write(toy.file("codes.bpe"), "#version: 0.2\na b</w>\n");
    toy.load(STREAMED).train(run);
    ToyExperiment.write(toy.file("codes.bpe"), "#version: 0.2\nb a</w>\n");
    assertThatThrownBy(() -> toy.load(STREAMED).resume(run))
        .hasMessage(
            toy.file("codes.bpe")
                + " differs from the run's copy "
                + run.resolve("tokenizers/codes.bpe")
                + ". Restore the old file, or start a new run in another folder");
  }

  /** What the log tells of training: neither twice, nor with a gap. */
  private static List<String> events(Path run) {
    return ToyExperiment.log(run).stream()
        .filter(line -> line.has("loss"))
        .map(ResumeTest::summary)
        .toList();
  }

  private static String summary(JsonNode line) {
    return line.get("event").asText() + " " + line.get("step") + " " + line.get("loss");
  }

  @Test
  void aRunThatWasKilledBeforeItsFirstCheckpointBeginsAgain() {
    assertThatThrownBy(() -> toy.load().train(run, Recorder.failingAfter(5))).hasMessage("killed");
    toy.load().resume(run);
    assertThat(last(run)).isEqualTo(last(whole));
  }

  @Test
  void aRunThatIsDoneGoesOnIfMoreEpochsAreAskedFor() {
    toy.load("training.epochs=2").train(run);
    TrainingResult result = toy.load("training.epochs=3", "name=longer").resume(run);
    assertThat(result.epochs()).isEqualTo(3);
    assertThat(last(run)).isEqualTo(last(whole));
    assertThat(Experiment.ofRun(run, ToyExperiment.REGISTRY, List.of()).config().name())
        .isEqualTo("longer");
  }

  @Test
  void theOutputLayerThatIsTakenWithoutOneMayBeNamedOrNot() {
    toy.load("training.epochs=1", "model.output=softmax").train(run);
    assertThat(toy.load("training.epochs=2").resume(run).epochs()).isEqualTo(2);
    assertThat(toy.load("training.epochs=3", "model.output=softmax").resume(run).epochs())
        .isEqualTo(3);
  }

  /** A schedule that takes its length from training may not change. */
  @Test
  void theDefaultNumberOfEpochsMayBeGivenOrNot() {
    String schedule = "training.schedule=cosine";
    Recorder first = Recorder.stoppingAfter(5);
    toy.load("training.epochs=20", schedule).train(run, first.stop, first);
    Recorder second = Recorder.stoppingAfter(8);
    assertThat(toy.load("training.epochs=", schedule).resume(run, second.stop, second).steps())
        .isEqualTo(8);
    Experiment other = toy.load("training.epochs=", "training.max_steps=260", schedule);
    assertThatThrownBy(() -> other.resume(run))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("max_steps");
  }

  @Test
  void anotherExperimentIsRefusedWithEveryDifference() {
    toy.load("training.epochs=1").train(run);
    Experiment other =
        toy.load("training.clip_norm=5", "model.encoder.units=32", "training.epochs=9");
    assertThatThrownBy(() -> other.resume(run))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            run
                + " cannot be resumed with a changed experiment:\n"
                + "  model.encoder.units: was 16, is 32\n"
                + "  training.clip_norm: was 1.0, is 5.0\n"
                + "Restore these values, or start a new run in another folder; seq4j train --resume --run "
                + run
                + " resumes with the run's own. Keys that may change:"
                + " name, training.epochs, training.max_steps, training.stop_after,"
                + " training.early_stopping, training.checkpoints");
  }

  @Test
  void otherDataAreRefused() throws IOException {
    toy.load("training.epochs=1").train(run);
    Files.writeString(toy.file("train.tsv"), "a\ta\n");
    assertThatThrownBy(() -> toy.load().resume(run))
        .isInstanceOf(TrainingException.class)
        .hasMessage(
            run
                + " cannot be resumed: its data have changed since it started: "
                + toy.file("train.tsv")
                + ". Restore the old files, or start a new run in another folder");
  }

  @Test
  void whereThereIsNoRunNoneGoesOn() {
    assertThatThrownBy(() -> toy.load().resume(run))
        .isInstanceOf(RunException.class)
        .hasMessage(run + " is not the folder of a run: it has no config.yaml");
  }

  /** As config.yaml of 0.1 has what is a list of objectives now. */
  @Test
  void aRunWithTheFormerKeysOfObjectivesGoesOn() throws IOException {
    String smoothing = "training.objectives.label_smoothing=0.1";
    toy.load("training.max_steps=5", smoothing).train(run);
    Path config = run.resolve("config.yaml");
    String written = Files.readString(config);
    String former =
        written.replaceFirst(
            "(?s)\n  objectives:\n.*?(?=\n  [a-z])",
            "\n  label_smoothing: 0.1\n  guided_alignment: 0.0");
    assertThat(former).isNotEqualTo(written);
    Files.writeString(config, former);
    assertThatThrownBy(() -> toy.load("training.max_steps=6").resume(run))
        .hasMessageContaining("training.objectives[0].label_smoothing: was 0.1, is 0.0");
    assertThat(toy.load("training.max_steps=6", smoothing).resume(run).steps()).isEqualTo(6);
  }

  /** All that carries something over from step to step. */
  private static final String[] EVERYTHING = {
    "training.validation.every_steps=5",
    "training.micro_batches=2",
    "training.schedule={type: plateau, metric: ser, patience: 1, warmup: 10}",
    "training.clip_value=0.5",
    "training.weight_decay=0.01",
    "training.gradient_noise=0.01",
    "training.moving_average=0.9",
    "training.scheduled_sampling={decay: linear, steps: 40, choice: sample}",
    "training.objectives.label_smoothing=0.1",
    "training.checkpoints={keep_last: 3, keep_best: 2}",
    "training.early_stopping={metric: exact-match, patience: 50}",
  };

  @Test
  void everyByteIsThatOfAnUninterruptedRunWithEverythingInUse() throws IOException {
    Path uninterrupted = folder.resolve("uninterrupted");
    toy.load(EVERYTHING).train(uninterrupted);
    Recorder first = Recorder.stoppingAfter(7);
    toy.load(EVERYTHING).train(run, first.stop, first);
    for (int step : List.of(8, 20)) {
      Recorder recorder = Recorder.stoppingAfter(step);
      toy.load(EVERYTHING).resume(run, recorder.stop, recorder);
    }
    assertThatThrownBy(() -> toy.load(EVERYTHING).resume(run, Recorder.failingAfter(33)))
        .hasMessage("killed");
    toy.load(EVERYTHING).resume(run);
    assertThat(run.resolve("metrics.jsonl"))
        .hasSameBinaryContentAs(uninterrupted.resolve("metrics.jsonl"));
    RunDirectory one = new RunDirectory(run);
    RunDirectory other = new RunDirectory(uninterrupted);
    assertThat(names(one.lastCheckpoints())).hasSize(3).isEqualTo(names(other.lastCheckpoints()));
    assertThat(names(one.bestCheckpoints())).hasSize(2).isEqualTo(names(other.bestCheckpoints()));
    for (Path file : other.bestCheckpoints()) {
      assertThat(run.resolve("checkpoints").resolve(file.getFileName()))
          .hasSameBinaryContentAs(file);
    }
    for (Path file : other.lastCheckpoints()) {
      assertThat(ToyExperiment.weights(run.resolve("checkpoints").resolve(file.getFileName())))
          .isEqualTo(ToyExperiment.weights(file));
    }
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }

  @Test
  void aDamagedCheckpointIsLeftForTheOneBeforeIt() throws IOException {
    toy.load("training.epochs=2").train(run);
    List<Path> lasts = new RunDirectory(run).lastCheckpoints();
    Files.write(lasts.get(0), new byte[] {1, 2, 3});
    List<String> told = new ArrayList<>();
    toy.load()
        .resume(
            run,
            new TrainingListener() {
              @Override
              public void checkpointDamaged(Path file, String reason, Path before) {
                told.add(reason + " / " + before);
              }

              @Override
              public void started(TrainingPlan plan) {
                told.add("from " + plan.firstStep());
              }
            });
    assertThat(told)
        .containsExactly(
            lasts.get(0)
                + " is damaged: it is truncated; restore it from a backup, or use another checkpoint"
                + " / "
                + lasts.get(1),
            "from 13");
    assertThat(last(run)).isEqualTo(last(whole));
    assertThat(run.resolve("metrics.jsonl")).hasSameBinaryContentAs(whole.resolve("metrics.jsonl"));
  }

  @Test
  void withoutAWholeCheckpointARunIsRefused() throws IOException {
    toy.load("training.epochs=1", "training.checkpoints.keep_last=1").train(run);
    Path last = new RunDirectory(run).lastCheckpoints().get(0);
    byte[] bytes = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOf(bytes, bytes.length - 100));
    assertThatThrownBy(() -> toy.load().resume(run))
        .isInstanceOf(RunException.class)
        .hasMessageStartingWith(last + " is damaged: it is truncated");
  }

  /** A byte at random in any file that the weights are in or that tells what they mean. */
  @Test
  void oneWrongByteIsNoticed() throws IOException {
    toy.load("training.epochs=1").train(run);
    RunDirectory directory = new RunDirectory(run);
    List<Path> files = new ArrayList<>(directory.lastCheckpoints());
    files.addAll(directory.bestCheckpoints());
    files.addAll(List.of(directory.sourceVocabulary(), directory.targetVocabulary()));
    Map<String, String> texts = SafeTensors.readMetadata(directory.bestCheckpoints().get(0));
    StableRandom random = new StableRandom(5);
    for (Path file : files) {
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < 200; i++) {
        byte[] damaged = whole.clone();
        int place = random.nextInt(whole.length);
        damaged[place] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, damaged);
        assertThatThrownBy(
                () -> {
                  SafeTensors.read(directory.bestCheckpoints().get(0));
                  SafeTensors.read(directory.lastCheckpoints().get(0));
                  directory.verify(texts);
                })
            .as("%s, byte %d", file, place)
            .isInstanceOf(RunException.class)
            .hasMessageStartingWith(file + " is damaged: ");
      }
      Files.write(file, whole);
    }
    directory.verify(texts);
  }
}
