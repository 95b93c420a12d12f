package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;

/**
 * Training processes that are killed (SIGKILL) at random moments and go on, until the run is done:
 * it ends as one that was never killed. A step takes less time than writing the checkpoint after
 * it, so that many kills come in the middle of that.
 */
final class KillTest {
  private static final List<String> OVERRIDES =
      List.of(
          "training.epochs=100000",
          "training.threads=2",
          "training.validation.every_steps=4",
          "training.micro_batches=2",
          "training.moving_average=0.9",
          "training.scheduled_sampling={decay: linear, steps: 2000, choice: sample}",
          "training.schedule={type: plateau, patience: 9, factor: 0.9, warmup: 50}",
          "training.gradient_noise=0.001",
          "training.checkpoints={keep_last: 2, keep_best: 3}",
          "training.early_stopping={metric: ser, patience: 100000}",
          "model.encoder.dropout=0.2",
          "evaluation.metrics=[ser]");

  @TempDir Path folder;

  /** What is trained. */
  private record Job(Path config, List<String> overrides) {

    Job with(String override) {
      List<String> all = new ArrayList<>(overrides);
      all.add(override);
      return new Job(config, all);
    }
  }

  private Job toy(int steps) throws IOException {
    return new Job(ToyConfig.write(folder), OVERRIDES).with("training.max_steps=" + steps);
  }

  @Test
  @Timeout(500)
  void endsAsARunThatWasNotKilled() throws IOException, InterruptedException {
    check(toy(120), 2, 17, 5);
  }

  @Test
  @Tag("slow")
  @Timeout(3600)
  void endsAsARunThatWasNotKilledFiftyTimes() throws IOException, InterruptedException {
    check(toy(2000), 50, 18, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"reverse", "dates"})
  @Tag("slow")
  @Timeout(3600)
  void anExampleEndsAsOneThatWasNotKilled(String example) throws IOException, InterruptedException {
    CommandRun.of("data", "generate", example, "--output", folder.resolve("data"));
    String name = example + ".yaml";
    Path config =
        Files.copy(CommandRun.project("examples/" + example + "/" + name), folder.resolve(name));
    Job job =
        new Job(
            config,
            List.of(
                "training.epochs=100",
                "training.max_steps=2000",
                "training.threads=2",
                "training.validation={every_steps: 200}",
                "training.early_stopping={metric: loss, patience: 100}"));
    check(job, 5, 19, 3);
  }

  private void check(Job job, int kills, long seed, int checkpoints)
      throws IOException, InterruptedException {
    Path run = folder.resolve("run");
    Random random = new Random(seed);
    int killed = 0;
    int afterSteps = 0;
    while (killed < kills) {
      long before = latest(run);
      Process training = train(job, run);
      awaitWork(training, run, before, random.nextInt(4) == 0);
      Thread.sleep(random.nextInt(120));
      if (!training.isAlive()) {
        break; // it was done
      }
      training.destroyForcibly().waitFor();
      killed++;
      afterSteps += latest(run) > before ? 1 : 0;
    }
    assertThat(killed).as("kills before the run was done").isEqualTo(kills);
    assertThat(afterSteps).as("kills after something was saved").isGreaterThan(kills / 3);
    finish(train(job, run));

    Path whole = folder.resolve("whole");
    finish(train(job, whole));
    assertThat(run.resolve("metrics.jsonl")).hasSameBinaryContentAs(whole.resolve("metrics.jsonl"));
    assertThat(weights(run)).isEqualTo(weights(whole)).hasSize(checkpoints);
    try (var files = Files.list(run.resolve("checkpoints"))) {
      assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".partial"));
    }
  }

  /** Until it has saved something; sometimes less, to kill it as it begins. */
  private static void awaitWork(Process training, Path run, long before, boolean early)
      throws InterruptedException {
    while (training.isAlive() && latest(run) <= before) {
      if (early && Files.exists(run.resolve(".lock"))) {
        return;
      }
      training.waitFor(1, TimeUnit.MILLISECONDS);
    }
  }

  private static long latest(Path run) {
    List<Path> files = new RunDirectory(run).lastCheckpoints();
    return files.isEmpty() ? -1 : RunDirectory.step(files.get(0));
  }

  private static void finish(Process training) throws InterruptedException {
    assertThat(training.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(training.exitValue()).isZero();
  }

  private static Map<String, List<Float>> weights(Path run) {
    Map<String, List<Float>> weights = new TreeMap<>();
    RunDirectory directory = new RunDirectory(run);
    List<Path> files = new ArrayList<>(directory.lastCheckpoints());
    files.addAll(directory.bestCheckpoints());
    for (Path file : files) {
      List<Float> values = new ArrayList<>();
      SafeTensors.read(file)
          .arrays()
          .forEach(
              (path, array) -> {
                for (float value : array.values()) {
                  values.add(value);
                }
              });
      weights.put(file.getFileName().toString(), values);
    }
    return weights;
  }

  /** Begins the run, or goes on with it. */
  private static Process train(Job job, Path run) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.addAll(
        List.of(Main.class.getName(), "train", job.config().toString(), "--run", run.toString()));
    for (String override : job.overrides()) {
      command.addAll(List.of("--set", override));
    }
    if (new RunDirectory(run).exists()) {
      command.add("--resume");
    }
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
