package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo's whole way, with a model too small to learn anything in the few steps that it gets. */
final class DemoTest {
  @TempDir Path folder;

  @Test
  void showsErrorRatesWordsAPictureAndWhatIsNext() {
    Path run = folder.resolve("demo");

    CommandRun demo = demo(run);

    assertThat(demo.status()).as(demo.err()).isZero();
    assertThat(demo.out())
        .startsWith("trained: 2 steps in ")
        .containsPattern("word error rate +\\d+\\.\\d % of 5,000 test words\n")
        .containsPattern("phoneme error rate +\\d+\\.\\d %\n")
        .containsPattern("\nword +predicted +true\n(.+\n){10}\n")
        .contains("\nattention of each phoneme to the letters of ")
        .contains(" | seq4j translate " + run + "\n");
    assertThat(demo.out().lines().filter(line -> line.contains("│")))
        .allMatch(line -> line.length() <= 80);
    assertThat(folder.resolve("demo-data").resolve("demo.yaml")).isNotEmptyFile();
  }

  @Test
  void leavesARunThatIsThereAlone() throws IOException {
    Path run = Files.createDirectory(folder.resolve("demo"));
    Files.createFile(run.resolve("config.yaml"));

    CommandRun demo = demo(run);

    assertThat(demo.err())
        .startsWith("seq4j: " + run + " already holds a run. To use it:\n  seq4j translate " + run)
        .endsWith("To train another one:\n  seq4j demo --run " + run + "2\n");
    assertThat(demo.status()).isEqualTo(1);
    assertThat(folder).isDirectoryNotContaining("glob:**demo-data");
  }

  @ParameterizedTest
  @CsvSource({
    "evaluation.metrics=[ser], the demo shows exact-match and ser",
    "data.test=null, the demo evaluates its model on the test data"
  })
  void refusesAtItsStartWhatItCouldNotShowAtItsEnd(String override, String message) {
    Path run = folder.resolve("demo");

    CommandRun demo = CommandRun.of("demo", "--run", run, "--set", override);

    assertThat(demo.err()).contains("seq4j: --set ").contains(message);
    assertThat(demo.status()).isEqualTo(2);
    assertThat(run).doesNotExist();
  }

  private static CommandRun demo(Path run) {
    return CommandRun.of(
        "demo",
        "--run",
        run,
        "--set",
        "training.max_steps=2",
        "--set",
        "data.dev=null",
        "--set",
        "training.validation.every_steps=100",
        "--set",
        "model.encoder.units=8",
        "--set",
        "model.decoder.units=8",
        "--set",
        "search.length.max=4");
  }
}
