package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server's metrics, also as promtool sees them. */
@Timeout(300)
final class ServeMetricsTest {
  @TempDir static Path folder;
  private static ServedModels served;

  @BeforeAll
  static void start() throws IOException {
    Path run = ToyRun.write(folder.resolve("toy"));
    served =
        new ServedModels(ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()), run);
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void requestsAndTheirTimeAreCountedByModel() throws IOException {
    String before = served.get("/metrics").body();
    served.post("/v1/translate", "{\"texts\": [\"a\", \"b\", \"c\"]}");
    served.post("/v1/translate", "{\"text\": \"" + "a".repeat(201) + "\"}");
    served.get("/nothing/" + "x".repeat(50));
    String after = served.get("/metrics").body();
    assertThat(grown(before, after, "seq4j_texts_total{model=\"toy\",work=\"translate\"}"))
        .isEqualTo(3);
    assertThat(grown(before, after, "seq4j_batched_texts_total{model=\"toy\"}")).isEqualTo(3);
    assertThat(
            grown(
                before,
                after,
                "seq4j_requests_total{model=\"toy\",path=\"/v1/translate\",status=\"200\"}"))
        .isEqualTo(1);
    assertThat(
            grown(
                before,
                after,
                "seq4j_refused_requests_total{code=\"text-too-long\",model=\"toy\"}"))
        .isEqualTo(1);
    assertThat(grown(before, after, "seq4j_model_seconds_count{model=\"toy\"}")).isEqualTo(1);
    assertThat(grown(before, after, "seq4j_queue_seconds_count{model=\"toy\"}")).isEqualTo(1);
    assertThat(grown(before, after, "seq4j_model_seconds_sum{model=\"toy\"}")).isPositive();
    assertThat(after)
        .contains("seq4j_requests_total{model=\"\",path=\"other\",status=\"404\"}")
        .contains("seq4j_build_info{java=\"")
        .contains("seq4j_model_loaded{model=\"toy\"} 1.0")
        .contains("# TYPE seq4j_batches_total counter")
        .contains("# TYPE process_cpu_seconds_total counter")
        .contains("process_start_time_seconds ")
        .doesNotContain("xxx");
  }

  private static double grown(String before, String after, String name) {
    return value(after, name) - value(before, name);
  }

  private static double value(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(0);
  }

  @Test
  void openMetricsAreThereForThoseWhoAskForThem() throws IOException {
    HttpResponse<String> open =
        served.send(
            served
                .request("/metrics")
                .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
                .build());
    assertThat(open.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/openmetrics-text");
    assertThat(open.body()).endsWith("# EOF\n").contains("# TYPE seq4j_build info");
    HttpResponse<String> plain = served.get("/metrics");
    assertThat(plain.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain; version=0.0.4");
  }

  @Test
  void promtoolHasNoComplaint() throws Exception {
    served.post("/v1/translate", "{\"text\": \"a\"}");
    assertThat(tool("promtool", served.get("/metrics").body(), "promtool", "check", "metrics"))
        .isEmpty();
  }

  /** The description of the API is valid, and has all that redocly recommends. */
  @Test
  void redoclyHasNoComplaint() throws Exception {
    Path description = folder.resolve("openapi.json");
    Files.writeString(description, served.get("/openapi.json").body());
    assertThat(
            tool("redocly", "", "redocly", "lint", description.toString(), "--format=checkstyle"))
        .doesNotContain("<error ");
  }

  /** Runs a program that may be missing, and returns what it says. */
  private static String tool(String name, String in, String... command) throws Exception {
    Assumptions.assumeTrue(
        new ProcessBuilder("sh", "-c", "command -v " + name).start().waitFor() == 0,
        "skipped: there is no " + name);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().write(in.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
