package org.seq4j.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several class loaders in one process: application servers, development modes, Spark. */
@Timeout(120)
final class ClassLoadersTest {
  private static List<String> lines;

  /** In a process of its own, because a process has one registry of gradients. */
  @BeforeAll
  static void run() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dseq4j.optimizeGraphs=false",
            "-cp",
            System.getProperty("java.class.path"),
            ClassLoaders.class.getName());
    builder.redirectErrorStream(true).environment().put("TF_CPP_MIN_LOG_LEVEL", "2");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    lines = output.lines().filter(line -> line.contains(": ")).toList();
  }

  private static String line(String start) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .map(line -> line.substring(start.length()))
        .orElseThrow(() -> new AssertionError(String.join("\n", lines)));
  }

  @Test
  void theFirstLoaderTrains() {
    assertThat(line("first: infer ")).matches("-?[0-9.E-]+");
    assertThat(line("first: train ")).matches("-?[0-9.E-]+").isNotEqualTo("0.0");
  }

  @Test
  void aSecondLoaderInfersAndTrainsTheSameAfterTheFirstWasClosed() {
    assertThat(line("second: infer ")).isEqualTo(line("first: infer "));
    assertThat(line("second: train ")).isEqualTo(line("first: train "));
  }

  @Test
  void aLoaderWithItsOwnTensorFlowInfersTheSame() {
    assertThat(line("own TensorFlow: infer ")).isEqualTo(line("first: infer "));
  }

  @Test
  void aLoaderWithItsOwnTensorFlowSaysWhyItDoesNotTrain() {
    assertThat(line("own TensorFlow: train "))
        .isEqualTo(
            "org.seq4j.runtime.error.PlatformException: training is not possible here: another"
                + " class loader of this Java process has loaded TensorFlow too, and the native"
                + " library accepts gradients from the first one only. Load TensorFlow once, in a"
                + " class loader that both applications share, or train in a process of its own."
                + " Translating works.");
  }
}
