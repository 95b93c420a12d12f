package org.seq4j.trainer.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.io.RunException;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.Recorder;
import org.seq4j.trainer.experiment.RunExistsException;
import org.seq4j.trainer.experiment.RunFiles;
import org.seq4j.trainer.experiment.ToyExperiment;
import org.seq4j.trainer.report.Provenance;
import org.seq4j.trainer.training.TrainingListener;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.state.TrainingPlan;
import org.seq4j.trainer.training.state.TrainingResult;

/** One training at a time writes into a folder. */
@SuppressWarnings("try") // a lock works by being held
final class RunLockTest {
  @TempDir Path folder;

  private ToyExperiment toy;
  private Path run;

  @BeforeEach
  void write() {
    toy = ToyExperiment.in(folder);
    run = folder.resolve("run");
  }

  @Test
  void aRunThatIsBeingTrainedIsNotGoneOnWith() {
    Experiment experiment = toy.load("training.max_steps=2");
    Second second = new Second(experiment, run);
    experiment.train(run, second);
    assertThat(second.refused)
        .isInstanceOf(RunException.class)
        .hasMessage(
            run
                + " is being trained by this process; wait until it ends, stop it, or choose another"
                + " folder");
    assertThat(experiment.resume(run).steps()).isEqualTo(2);
  }

  /** Goes on with a run while it is being trained. */
  private static final class Second implements TrainingListener {
    private final Experiment experiment;
    private final Path run;
    private RuntimeException refused;

    Second(Experiment experiment, Path run) {
      this.experiment = experiment;
      this.run = run;
    }

    @Override
    public void stepped(TrainingProgress progress) {
      try {
        experiment.resume(run);
      } catch (RuntimeException e) {
        refused = e;
      }
    }
  }

  @Test
  void twoTrainingsThatBeginAtTheSameTimeDoNotShareAFolder() {
    Experiment experiment = toy.load("training.max_steps=2");
    try (RunLock first = RunLock.take(new RunDirectory(run))) {
      assertThatThrownBy(() -> experiment.train(run))
          .isInstanceOf(RunException.class)
          .hasMessageStartingWith(run + " is being trained by ");
    }
    assertThat(run.resolve("metrics.jsonl")).doesNotExist();
  }

  @Test
  void aRunThatAnotherBeganInTheMeantimeIsNotOverwritten() throws IOException {
    RunFiles files = new RunFiles(new RunDirectory(run), Optional.empty());
    files.checkNew();
    Files.writeString(Files.createDirectories(run).resolve("config.yaml"), "");
    assertThatThrownBy(() -> files.begin(toy.load().config(), null, null, Provenance.NONE))
        .isInstanceOf(RunExistsException.class);
    RunLock.take(new RunDirectory(run)).close(); // is free again
  }

  @Test
  void anotherProcessIsKeptOutEvenAfterThisOneWasRefused() throws Exception {
    RunDirectory directory = new RunDirectory(run);
    try (RunLock lock = RunLock.take(directory)) {
      assertThatThrownBy(() -> RunLock.take(directory)).isInstanceOf(RunException.class);
      assertThat(takeElsewhere())
          .isEqualTo(
              run
                  + " is being trained by another process; wait until it ends, stop it, or choose another"
                  + " folder");
    }
    assertThat(takeElsewhere()).isEqualTo("taken");
  }

  private String takeElsewhere() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Taker.class.getName(),
                run.toString())
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** Takes a lock in a process of its own, and says what came of it. */
  static final class Taker {
    private Taker() {}

    public static void main(String[] arguments) {
      try (RunLock lock = RunLock.take(new RunDirectory(Path.of(arguments[0])))) {
        System.out.println("taken");
      } catch (RunException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void whatIsLeftOfARunIsNotOverwritten() throws IOException {
    for (String left : List.of("metrics.jsonl", "checkpoints")) {
      Path remains = folder.resolve("with-" + left);
      Files.createDirectories(remains.resolve(left));
      assertThatThrownBy(() -> toy.load().train(remains))
          .isInstanceOf(RunException.class)
          .hasMessage(
              remains
                  + " holds "
                  + left
                  + ", but no config.yaml: these may be the remains of a run, which a new one would"
                  + " overwrite. Choose another folder, or remove them");
    }
  }

  @Test
  void aStopBeforeTheDataAreReadWritesNothing() {
    Recorder recorder = Recorder.untilTheEnd();
    recorder.stop.request();
    TrainingResult result = toy.load().train(run, recorder.stop, recorder);
    assertThat(result.outcome()).isEqualTo(TrainingResult.Outcome.INTERRUPTED);
    assertThat(result.steps()).isZero();
    assertThat(result.run()).isEqualTo(run);
    assertThat(recorder.plans).isEmpty();
    assertThat(recorder.results).isEmpty();
    assertThat(run).doesNotExist();
  }

  @Test
  void aStopWhenFilesAreWrittenLeavesARunThatGoesOn() {
    Recorder recorder = Recorder.untilTheEnd();
    TrainingListener stopping =
        new TrainingListener() {
          @Override
          public void started(TrainingPlan plan) {
            recorder.stop.request();
          }
        };
    assertThat(toy.load("training.max_steps=2").train(run, recorder.stop, stopping).steps())
        .isZero();
    assertThat(toy.load("training.max_steps=2").resume(run).steps()).isEqualTo(2);
  }
}
