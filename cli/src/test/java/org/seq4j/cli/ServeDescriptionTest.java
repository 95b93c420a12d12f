package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seq4j.cli.ServedModels.JSON;
import static org.seq4j.cli.ServedModels.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.runtime.config.key.ConfigDescription;
import org.seq4j.runtime.search.SearchConfig;

/** The description of the server's API, /openapi.json. */
@Timeout(300)
final class ServeDescriptionTest {
  @TempDir static Path folder;

  /** Every path answers as the description says; one that needs a token, without one. */
  @Test
  void itIsRight() throws IOException {
    try (ServedModels served =
        new ServedModels(
            ServedModels.options(50, Duration.ofSeconds(20), Optional.empty()),
            ToyRun.write(folder.resolve("toy")))) {
      ObjectNode description = (ObjectNode) json(served.get("/openapi.json"));
      everyPathAnswersAsDescribed(served, description);
      valid(
          description,
          description.at("/components/schemas/Error"),
          json(served.post("/v1/translate", "{")));
      theKeysOfSearchAreAllDescribed(description);
    }
  }

  private static void everyPathAnswersAsDescribed(ServedModels served, ObjectNode description)
      throws IOException {
    List<String> seen = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        String place = path.getKey().replace("{name}", "toy");
        if (place.endsWith("load") && !place.endsWith("reload")) { // see ServedFolderTest
          assertThat(served.post(place, "").statusCode()).as(place).isEqualTo(403);
          continue;
        }
        JsonNode content = method.getValue().at("/responses/200/content");
        JsonNode request = method.getValue().at("/requestBody/content/application~1json");
        HttpResponse<String> answer;
        if (method.getKey().equals("get")) {
          answer = served.get(place);
        } else if (List.of("/translate", "/v1/transcribe").contains(place)) {
          continue; // see LibreTranslateTest and ServedSpeechTest
        } else {
          String body = request.isMissingNode() ? "" : request.get("example").toString();
          if (!body.isEmpty()) {
            valid(description, request.get("schema"), JSON.readTree(body));
          }
          answer = served.post(place, body);
        }
        assertThat(answer.statusCode()).as("%s: %s", place, answer.body()).isEqualTo(200);
        String type = content.fieldNames().next();
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        if (type.equals("application/json")) {
          valid(description, content.get(type).get("schema"), json(answer));
        }
        seen.add(place);
      }
    }
    assertThat(seen).hasSize(12);
  }

  private static void theKeysOfSearchAreAllDescribed(ObjectNode description) {
    JsonNode keys = description.at("/components/schemas/Search");
    List<String> described = described(keys, "");
    assertThat(described)
        .containsExactlyInAnyOrderElementsOf(
            keys(ConfigDescription.of(SearchConfig.class).keys(), "")
                .filter(key -> !key.equals("constraints")) // which may read files
                .filter(key -> !key.equals("language_model.run")) // which names a folder
                .filter(key -> !key.equals("rules.required_from_source")) // which may take any time
                .toList());
  }

  private static List<String> described(JsonNode section, String path) {
    assertThat(section.get("additionalProperties").asBoolean()).as(path).isFalse();
    List<String> keys = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : section.get("properties").properties()) {
      String key = path + entry.getKey();
      keys.addAll(
          entry.getValue().has("properties")
              ? described(entry.getValue(), key + ".")
              : List.of(key));
    }
    return keys;
  }

  private static Stream<String> keys(List<ConfigDescription.Entry> entries, String path) {
    return entries.stream()
        .flatMap(
            entry ->
                entry.nested().isEmpty()
                    ? Stream.of(path + entry.name())
                    : keys(entry.nested(), path + entry.name() + "."));
  }

  static void valid(ObjectNode description, JsonNode schema, JsonNode value) throws IOException {
    ObjectNode whole = JSON.createObjectNode();
    whole.set("components", description.get("components"));
    whole.setAll((ObjectNode) schema.deepCopy());
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(whole)
                .validate(value))
        .as("%s", value)
        .isEmpty();
  }
}
