package org.seq4j.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.experiment.Experiment;

/** Both jobs on a cluster whose master and workers are processes of their own. */
@Tag("slow")
final class StandaloneTest {
  private static final List<String> SETTINGS =
      List.of(
          "training.workers=2",
          "training.local_steps=2",
          "training.max_steps=8",
          "training.epochs=10");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(SparkProcess.Version.class)
  void linesAreThoseOfTheCommand(SparkProcess.Version version) throws Exception {
    Path run = ToyRun.train(folder);
    List<String> sources = ToyRun.sources(3000, 5);
    Path lines = Files.write(folder.resolve("lines.txt"), sources, UTF_8);
    List<String> expected;
    try (Translator translator = Translator.load(run)) {
      expected = translator.translate(sources).stream().map(Translation::text).toList();
    }
    Path out = folder.resolve("answers");
    try (StandaloneCluster cluster = new StandaloneCluster(version, folder.resolve("cluster"), 2)) {
      SparkProcess.Result result =
          new SparkProcess(version, folder)
              .master(cluster.address())
              .run("translate", run.toString(), "--input", lines + "", "--output", out.toString());
      assertThat(result.status()).as(result.out() + result.err()).isZero();
      assertThat(cluster.executors()).isEqualTo(2);
    }
    assertThat(SparkProcess.lines(out)).isEqualTo(expected);
  }

  @Test
  void twoWorkersTrainTheModelOfOneProcess() throws Exception {
    ToyRun.train(folder);
    Path config = folder.resolve("toy.yaml");
    RunDirectory expected = new RunDirectory(folder.resolve("expected"));
    Experiment.load(config, new PluginLoader().classPath(), SETTINGS).train(expected.path());
    RunDirectory run = new RunDirectory(folder.resolve("trained"));
    List<String> arguments =
        new ArrayList<>(List.of("train", config.toString(), "--run", run.path().toString()));
    SETTINGS.forEach(it -> arguments.addAll(List.of("--set", it)));
    try (StandaloneCluster cluster =
        new StandaloneCluster(SparkProcess.Version.SPARK_4, folder.resolve("cluster"), 2)) {
      SparkProcess.Result result =
          new SparkProcess(SparkProcess.Version.SPARK_4, folder)
              .master(cluster.address())
              .optimizingAsHere()
              .run(arguments.toArray(String[]::new));
      assertThat(result.status()).as(result.out() + result.err()).isZero();
      assertThat(cluster.executors()).isEqualTo(2);
    }
    TrainJobTest.checkSame(expected, run, 8);
  }
}
