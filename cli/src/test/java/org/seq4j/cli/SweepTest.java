package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.cli.command.TrialProcesses;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.sweep.Trial;
import org.seq4j.trainer.training.StopSignal;

final class SweepTest {
  @TempDir Path folder;

  private Path sweep(String choices) throws IOException {
    ToyConfig.write(folder);
    return Files.writeString(
        folder.resolve("sweep.yaml"), "config: toy.yaml\nchoices:\n  " + choices + "\n");
  }

  @Test
  @Timeout(300)
  void everyTrialIsTrainedOnceAndTheBestIsFirst() throws IOException {
    Path sweep = sweep("training.learning_rate: [0.00001, 0.1]");
    Path runs = folder.resolve("runs");

    CommandRun first = CommandRun.of("sweep", sweep, "--folder", runs, "--at-once", "2");

    assertThat(first.status()).as(first.err()).isZero();
    assertThat(first.err()).contains("2 trials\n").contains("trial 1: ").contains("trial 2: ");
    List<String> lines = first.out().lines().toList();
    assertThat(lines.get(0))
        .containsPattern("trial +loss +step +time +state +training.learning_rate");
    assertThat(lines.get(1)).startsWith(" 0002 ").contains("finished");
    assertThat(lines.get(2)).startsWith(" 0001 ").contains("finished");
    assertThat(Files.readString(runs.resolve("0001.log"))).contains("validation at step 4");
    assertThat(Files.readAllLines(runs.resolve("trials.tsv")))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.split("\t", -1)).hasSize(7));

    // As the trials' own experiments would be trained.
    Path alone = folder.resolve("alone");
    CommandRun.of(
        "train",
        folder.resolve("toy.yaml"),
        "--run",
        alone,
        "--set",
        "training.learning_rate=0.1",
        "--set",
        "training.threads=1");
    if (Runtime.getRuntime().availableProcessors() <= 2) {
      assertThat(runs.resolve("0002/metrics.jsonl"))
          .hasSameBinaryContentAs(alone.resolve("metrics.jsonl"));
    }

    CommandRun again = CommandRun.of("sweep", sweep, "--folder", runs);
    assertThat(again.status()).isZero();
    assertThat(again.err()).isEqualTo("2 trials, 2 of them finished before\n");
    assertThat(again.out()).isEqualTo(first.out());

    Files.writeString(sweep, "config: toy.yaml\nchoices: {seed: [1, 2]}\n");
    CommandRun other = CommandRun.of("sweep", sweep, "--folder", runs);
    assertThat(other.status()).isEqualTo(1);
    assertThat(other.err())
        .contains(
            "0001 is a trial of another sweep:\n  training.learning_rate: was 1.0E-5, is 0.001");
  }

  @Test
  @Timeout(300)
  void aTrialThatWasStoppedGoesOnAndAFailedOneIsToldOf() throws Exception {
    Path sweep = sweep("training.clip_norm: [1.0]");
    Files.writeString(
        folder.resolve("toy.yaml"),
        Files.readString(folder.resolve("toy.yaml")).replace("max_steps: 4", "max_steps: 600"));
    Path runs = folder.resolve("runs");
    Trial trial =
        new Trial(
            1,
            folder.resolve("toy.yaml"),
            java.util.Map.of("training.clip_norm", "1.0"),
            new RunDirectory(runs.resolve("0001")),
            new Trial.Measure("loss", false));
    TrialProcesses runner = new TrialProcesses(Main.class, List.of());
    StopSignal stop = new StopSignal();
    Thread waiting = new Thread(() -> run(runner, trial, stop));
    waiting.start();
    while (trial.run().lastCheckpoints().isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    stop.request(); // ends the input of the process, as when this one is killed
    waiting.join();
    assertThat(trial.result().state()).isEqualTo("interrupted");
    assertThat(trial.result().isDone()).isFalse();

    CommandRun rest = CommandRun.of("sweep", sweep, "--folder", runs);

    assertThat(rest.status()).as(rest.err()).isZero();
    assertThat(trial.result().state()).isEqualTo("finished");
    Path alone = folder.resolve("alone");
    CommandRun.of("train", folder.resolve("toy.yaml"), "--run", alone);
    assertThat(runs.resolve("0001/metrics.jsonl"))
        .hasSameBinaryContentAs(alone.resolve("metrics.jsonl"));
  }

  private static void run(TrialProcesses runner, Trial trial, StopSignal stop) {
    try {
      runner.run(trial, trial.overrides(), stop);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsWrongInAnyTrialShowsBeforeOneIsTrained() throws IOException {
    Path sweep = sweep("model.encoder.units: [8, many]");
    Path runs = folder.resolve("runs");
    CommandRun command = CommandRun.of("sweep", sweep, "--folder", runs);
    assertThat(command.status()).isEqualTo(3);
    assertThat(command.err()).contains("--set model.encoder.units=many");
    assertThat(runs).doesNotExist();
  }

  @Test
  @Timeout(300)
  void aTrialThatFailsIsToldOf() throws IOException {
    Path sweep = sweep("model.decoder.bridge: [copy]\n  model.decoder.units: [8, 9]");
    Path runs = folder.resolve("runs");
    CommandRun command = CommandRun.of("sweep", sweep, "--folder", runs);
    assertThat(command.status()).isEqualTo(1);
    assertThat(command.err())
        .contains("trial 1: finished, loss")
        .contains("trial 2: not begun, no validation: failed, see " + runs.resolve("0002.log"))
        .contains("1 trial did not finish");
    assertThat(Files.readString(runs.resolve("0002.log"))).contains("bridge");
  }
}
