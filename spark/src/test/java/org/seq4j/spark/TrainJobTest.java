package org.seq4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.experiment.Experiment;

/** A training on a cluster is the training of the same workers in one process. */
final class TrainJobTest {
  private static final List<String> SETTINGS =
      List.of(
          "training.workers=3",
          "training.local_steps=2",
          "training.outer={}",
          "training.max_steps=8",
          "training.validation.every_steps=4",
          "training.epochs=10",
          "source.max_length=4",
          "model.encoder.dropout=0.2");

  @TempDir static Path folder;
  private static Path config;
  private static RunDirectory expected;

  @BeforeAll
  static void trainInThisProcess() throws IOException {
    ToyRun.train(folder);
    config = folder.resolve("toy.yaml");
    expected = new RunDirectory(folder.resolve("expected"));
    Experiment.load(config, new PluginLoader().classPath(), SETTINGS).train(expected.path());
  }

  @Test
  void twoExecutorsTrainTheSameModel() throws Exception {
    RunDirectory run = new RunDirectory(folder.resolve("cluster"));
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_3_5, folder)
            .master("local-cluster[2,1,1024]")
            .before(Path.of("spark-3.5", "target", "old").toAbsolutePath())
            .optimizingAsHere()
            .run(arguments(run, SETTINGS));
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(result.out())
        .contains("3 workers; 8 steps of each", "8 steps of each worker")
        .containsPattern("training examples skipped: [1-9][0-9]* with a source that is too long")
        .containsPattern(
            "rounds: [0-9.]+ s for the first, .*, of which the slowest worker trained");
    checkSame(expected, run, 8);
    assertThat(run.metrics()).hasSameTextualContentAs(expected.metrics());
  }

  @Test
  @Tag("slow")
  void aRunAtAnAddressResumesExactly() throws Exception {
    RunDirectory run = new RunDirectory(folder.resolve("resumed"));
    String address = run.path().toUri().toString();
    List<String> shorter =
        SETTINGS.stream().map(it -> it.replace("max_steps=8", "max_steps=4")).toList();
    SparkProcess.Result first =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .optimizingAsHere()
            .run(arguments(address, shorter));
    assertThat(first.status()).as(first.out() + first.err()).isZero();
    assertThat(first.out()).contains("the model is in " + address);
    assertThat(run.path().resolve("driver.lock")).doesNotExist();
    assertThat(run.lastCheckpoints()).isNotEmpty();
    SparkProcess.Result rest =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .optimizingAsHere()
            .run("train", "--run", address, "--resume", "--set", "training.max_steps=8");
    assertThat(rest.status()).as(rest.out() + rest.err()).isZero();
    checkSame(expected, run, 8);
    assertThat(run.metrics()).hasSameTextualContentAs(expected.metrics());
    assertThat(run.lastCheckpoints()).hasSameSizeAs(expected.lastCheckpoints());
    assertThat(run.bestCheckpoints()).hasSameSizeAs(expected.bestCheckpoints());
  }

  @Test
  @Tag("slow")
  void theDriverRepeatsAStepThatDivergedAndSavesItsBatch() throws Exception {
    RunDirectory run = new RunDirectory(folder.resolve("diverged"));
    List<String> settings = new ArrayList<>(SETTINGS);
    settings.addAll(
        List.of("training.learning_rate=1e30", "training.optimizer=sgd", "training.clip_norm=0"));
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .optimizingAsHere()
            .run(arguments(run, settings));
    assertThat(result.status()).as(result.out() + result.err()).isEqualTo(1);
    Path saved = run.path().resolve("diverged");
    assertThat(result.err()).contains(saved.toString());
    assertThat(saved.resolve("step.json")).content().contains("\"batch\"", "\"worker\"");
    assertThat(saved.resolve("weights.safetensors")).exists();
  }

  @Test
  void wrongUsageIsReportedBeforeAnythingIsWritten() throws Exception {
    Path run = folder.resolve("none");
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .run("train", config.toString(), "--run", run.toString());
    assertThat(result.status()).isEqualTo(2);
    assertThat(result.err())
        .contains("training.workers is 1, so that there is nothing to distribute");
    SparkProcess.Result taught =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .run(
                "train",
                config.toString(),
                "--run",
                run.toString(),
                "--set",
                "training.workers=2",
                "--set",
                "training.objectives={type: distillation, teachers: [%s]}"
                    .formatted(expected.path()));
    assertThat(taught.status()).as(taught.out() + taught.err()).isEqualTo(2);
    assertThat(taught.err()).contains("training.objectives: distillation needs its teachers");
    assertThat(run).doesNotExist();
  }

  @Test
  @Tag("slow")
  void executorsThatAreKilledChangeNothing() throws Exception {
    List<String> longer =
        SETTINGS.stream()
            .map(it -> it.replace("max_steps=8", "max_steps=160").replace("=10", "=100"))
            .toList();
    RunDirectory whole = new RunDirectory(folder.resolve("whole"));
    Experiment.load(config, new PluginLoader().classPath(), longer).train(whole.path());
    RunDirectory run = new RunDirectory(folder.resolve("killed"));
    Random random = new Random();
    SparkProcess.Result result =
        new SparkProcess(SparkProcess.Version.SPARK_4, folder)
            .master("local-cluster[2,1,1024]")
            .optimizingAsHere()
            .killingExecutors(
                IntStream.range(0, 5)
                    .mapToObj(
                        i -> Duration.ofMillis((i == 0 ? 15_000 : 4_000) + random.nextInt(4_000)))
                    .toList())
            .run(arguments(run, longer));
    assertThat(result.status()).as(result.out() + result.err()).isZero();
    assertThat(result.killed()).isPositive();
    checkSame(whole, run, 160);
  }

  /** Killed soon after a checkpoint has appeared, so that some kills hit a copy half written. */
  @Test
  @Tag("slow")
  void aDriverThatIsKilledAtAnyMomentResumesExactly() throws Exception {
    List<String> longer =
        SETTINGS.stream()
            .map(it -> it.replace("max_steps=8", "max_steps=40").replace("epochs=10", "epochs=100"))
            .map(it -> it.replace("every_steps=4", "every_steps=2"))
            .toList();
    RunDirectory whole = new RunDirectory(folder.resolve("uninterrupted"));
    Experiment.load(config, new PluginLoader().classPath(), longer).train(whole.path());
    RunDirectory run = new RunDirectory(folder.resolve("lost"));
    String address = run.path().toUri().toString();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int resumed = 0;
    SparkProcess.Result result;
    do {
      assertThat(resumed).as("seed " + seed).isLessThan(20);
      long newest = newest(run);
      resumed += newest > 0 ? 1 : 0;
      result =
          new SparkProcess(SparkProcess.Version.SPARK_4, folder)
              .optimizingAsHere()
              .killingDriver(() -> newest(run) > newest, Duration.ofMillis(random.nextInt(1_500)))
              .run(
                  run.config().toFile().exists()
                      ? new String[] {"train", "--run", address, "--resume"}
                      : arguments(address, longer));
      assertThat(result.status() == 0 || result.killed() == 1)
          .as(result.out() + result.err())
          .isTrue();
      Files.deleteIfExists(run.path().resolve("driver.lock")); // as the message tells
    } while (result.status() != 0);
    assertThat(resumed).as("seed " + seed).isGreaterThan(2);
    checkSame(whole, run, 40);
    assertThat(run.metrics()).hasSameTextualContentAs(whole.metrics());
  }

  /** The step of the newest checkpoint, 0 if there is none. */
  private static long newest(RunDirectory run) {
    return run.lastCheckpoints().stream()
        .map(file -> file.getFileName().toString().replaceAll("\\D", ""))
        .mapToLong(Long::parseLong)
        .max()
        .orElse(0);
  }

  private static String[] arguments(RunDirectory run, List<String> settings) {
    return arguments(run.path().toString(), settings);
  }

  private static String[] arguments(String run, List<String> settings) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("train", config.toString(), "--run", run));
    settings.forEach(it -> all.addAll(List.of("--set", it)));
    return all.toArray(String[]::new);
  }

  /** Compares all weights, slots and momentums, bit for bit. */
  static void checkSame(RunDirectory one, RunDirectory other, long step) {
    var wanted = SafeTensors.read(one.lastCheckpoint(step)).arrays();
    var found = SafeTensors.read(other.lastCheckpoint(step)).arrays();
    assertThat(found.keySet()).isEqualTo(wanted.keySet());
    wanted.forEach(
        (path, array) -> assertThat(found.get(path).values()).as(path).isEqualTo(array.values()));
  }
}
