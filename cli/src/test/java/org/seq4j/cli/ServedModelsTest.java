package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seq4j.cli.ServedModels.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.cli.option.NgramCandidates;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.NoKeys;
import org.seq4j.core.plugin.Plugin;
import org.seq4j.core.search.SearchConstraint;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.Origin;
import org.seq4j.runtime.plugin.PluginLoader;
import org.seq4j.serve.ServedRuns;

/** Models that are loaded again, that fail, or that cannot be used. */
@Timeout(300)
final class ServedModelsTest {
  @TempDir static Path folder;

  @Test
  void aModelIsLoadedAgainWhileItIsUsed() throws Exception {
    Path copy = ToyRun.write(folder.resolve("copy"));
    try (ServedModels changing =
        new ServedModels(
            ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()), copy)) {
      List<CompletableFuture<List<Integer>>> clients = new ArrayList<>();
      for (int client = 0; client < 4; client++) {
        clients.add(
            CompletableFuture.supplyAsync(
                () -> {
                  List<Integer> statuses = new ArrayList<>();
                  for (int i = 0; i < 60; i++) {
                    try {
                      statuses.add(
                          changing.post("/v1/translate", "{\"text\": \"abc\"}").statusCode());
                    } catch (IOException e) {
                      statuses.add(0);
                    }
                  }
                  return statuses;
                }));
      }
      for (int i = 0; i < 5; i++) {
        assertThat(changing.post("/v1/models/copy/reload", "").statusCode()).isEqualTo(200);
      }
      for (CompletableFuture<List<Integer>> client : clients) {
        assertThat(client.get(2, TimeUnit.MINUTES)).hasSize(60).containsOnly(200);
      }
      Files.delete(copy.resolve("config.yaml"));
      HttpResponse<String> failed = changing.post("/v1/models/copy/reload", "");
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(failed.body()).contains("not-loaded").doesNotContain(folder.toString());
      Files.writeString(copy.resolve("config.yaml"), "model: {encoder: {type: gone}}");
      assertThat(changing.post("/v1/models/copy/reload", "").body()).contains("not-loaded");
      assertThat(changing.post("/v1/translate", "{\"text\": \"abc\"}").statusCode()).isEqualTo(200);
    }
  }

  /** A rule that fails for a source with two tokens {@code d}. */
  static final class FailingConstraint implements SearchConstraint {
    @Override
    public Rule ruleFor(Source source) {
      if (Collections.frequency(source.tokens(), "d") > 1) {
        throw new IllegalStateException("two are one too many");
      }
      return (prefix, next) -> {};
    }
  }

  /** The plugin of the rule. */
  static final class FailingPlugin implements Plugin {
    @Override
    public int apiVersion() {
      return API_VERSION;
    }

    @Override
    public void register(Components components) {
      components
          .of(SearchConstraint.class)
          .add("failing", "Fails.", NoKeys.class, keys -> new FailingConstraint());
    }
  }

  /** A component that fails is not the caller's fault: a 500, with the reason in the log. */
  @Test
  void aFailureOfTheServerIsItsOwn() throws IOException {
    Path failing = ToyRun.write(folder.resolve("failing"));
    Path config = failing.resolve("config.yaml");
    String written = Files.readString(config);
    assertThat(written).contains("  constraints: []");
    Files.writeString(
        config, written.replace("  constraints: []", "  constraints: [{type: failing}]"));
    ComponentRegistry registry =
        ComponentRegistry.builder()
            .add(new PluginLoader().classPath())
            .add(new FailingPlugin(), Origin.PROGRAM)
            .build();
    try (ServedModels served =
        new ServedModels(
            ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()),
            ServedRuns.of(List.of(failing.toString()), Precision.F32, NgramCandidates::joining),
            registry)) {
      assertThat(served.post("/v1/translate", "{\"text\": \"abd\"}").statusCode()).isEqualTo(200);
      HttpResponse<String> answer = served.post("/v1/translate", "{\"text\": \"dd\"}");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(json(answer).at("/error/message").asText())
          .isEqualTo("internal error; see the server's log");
      JsonNode logged =
          served.log().stream().filter(line -> line.has("exception")).findFirst().orElseThrow();
      assertThat(logged.get("level").asText()).isEqualTo("error");
      assertThat(logged.get("request_id").asText())
          .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
      assertThat(logged.get("exception").asText()).contains("two are one too many");
    }
  }

  /** The first translation shows what is wrong with a model, before anybody asks for one. */
  @Test
  void aModelThatCannotTranslateIsToldAtTheStart() throws IOException {
    Path broken = ToyRun.write(folder.resolve("broken"));
    Path config = broken.resolve("config.yaml");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("  constraints: []", "  constraints: [{type: shortlist, file: gone.tsv}]"));
    CommandRun refused = CommandRun.of("serve", broken, "--port", 0);
    assertThat(refused.status()).isNotZero();
    assertThat(refused.err()).contains("gone.tsv");
  }
}
