package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seq4j.cli.ServedModels.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.cli.option.NgramCandidates;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.serve.ServedRuns;

/** A folder of models, which are described, loaded and unloaded while the server runs. */
@Timeout(300)
final class ServedFolderTest {
  private static final String TOKEN = "open sesame";

  @TempDir static Path folder;
  private static Path models;
  private static ServedModels served;

  @BeforeAll
  static void start() throws IOException {
    models = Files.createDirectory(folder.resolve("models"));
    ToyRun.write(models.resolve("one"));
    Files.createDirectories(models.resolve("broken"));
    Files.writeString(models.resolve("broken/config.yaml"), "model: {}\n");
    Files.writeString(models.resolve("notes.txt"), "no run\n");
    served =
        new ServedModels(
            ServedModels.options(50, Duration.ofSeconds(20), Optional.of(TOKEN)),
            ServedRuns.of(List.of(), Precision.F32, NgramCandidates::joining).with(models));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static HttpResponse<String> send(String method, String path) throws IOException {
    return served.send(
        served
            .request(path)
            .header("Authorization", "Bearer " + TOKEN)
            .header("Content-Type", "application/json")
            .method(
                method,
                path.endsWith("translate")
                    ? HttpRequest.BodyPublishers.ofString("{\"model\": \"two\", \"text\": \"ab\"}")
                    : HttpRequest.BodyPublishers.noBody())
            .build());
  }

  @Test
  void aModelTellsItsCheckpoint() throws IOException {
    JsonNode one = json(send("GET", "/v1/models/one"));
    assertThat(one.get("state").asText()).isEqualTo("loaded");
    JsonNode run = one.at("/runs/0");
    assertThat(run.get("checkpoint").asText()).isEqualTo("best-" + run.get("step").asInt());
    assertThat(run.get("step").asInt()).isEqualTo(40);
    assertThat(CommandRun.of("inspect", models.resolve("one")).out())
        .containsPattern("all +" + String.format(Locale.ROOT, "%,d", run.get("parameters").asInt()))
        .contains(run.get("source_vocabulary").asInt() + " source tokens");
    assertThat(send("GET", "/v1/models/none").statusCode()).isEqualTo(404);
  }

  /** A run that cannot be loaded is listed, and told in the log. */
  @Test
  void aBrokenRunDoesNotStopTheOthers() throws IOException {
    JsonNode broken = json(send("GET", "/v1/models/broken"));
    assertThat(broken.get("state").asText()).isEqualTo("unloaded");
    assertThat(served.log())
        .anyMatch(
            line ->
                line.path("message").asText().startsWith("the model broken could not be loaded"));
    assertThat(send("POST", "/v1/models/broken/load").statusCode()).isEqualTo(500);
  }

  @Test
  void aModelIsLoadedAndUnloadedWhileTheServerRuns() throws IOException {
    assertThat(send("POST", "/v1/models/two/load").statusCode()).isEqualTo(404);
    try (var files = Files.walk(models.resolve("one"))) {
      for (Path file : files.toList()) {
        Files.copy(file, models.resolve("two").resolve(models.resolve("one").relativize(file)));
      }
    }
    assertThat(json(send("POST", "/v1/models/two/load")).get("state").asText()).isEqualTo("loaded");
    assertThat(send("POST", "/v1/translate").statusCode()).isEqualTo(200);
    assertThat(json(send("POST", "/v1/models/two/unload")).get("state").asText())
        .isEqualTo("unloaded");
    HttpResponse<String> refused = send("POST", "/v1/translate");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(json(refused).at("/error/message").asText())
        .isEqualTo("the model 'two' is not loaded; POST /v1/models/two/load loads it");
    assertThat(send("POST", "/v1/models/two/load").statusCode()).isEqualTo(200);
    assertThat(send("POST", "/v1/translate").statusCode()).isEqualTo(200);
  }

  @Test
  void loadingNeedsTheTokenAndStaysInTheFolder() throws IOException {
    assertThat(served.post("/v1/models/one/unload", "").statusCode()).isEqualTo(401);
    assertThat(send("POST", "/v1/models/../load").statusCode()).isIn(400, 404);
    assertThat(send("POST", "/v1/models/%2e%2e/load").statusCode()).isIn(400, 404);
    assertThat(send("POST", "/v1/models/..%2Fmodels%2Fone/load").statusCode()).isIn(400, 404);
    try (ServedModels open =
        new ServedModels(
            ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()),
            models.resolve("one"))) {
      HttpResponse<String> refused = open.post("/v1/models/one/unload", "");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("only if the server is started with --token-file");
    }
  }
}
