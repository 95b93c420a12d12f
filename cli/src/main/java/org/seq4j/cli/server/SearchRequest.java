package org.seq4j.cli.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.seq4j.core.config.ConfigException;
import org.seq4j.core.config.ConfigReader;
import org.seq4j.core.config.ConfigWriter;
import org.seq4j.core.plugin.ComponentRegistry;
import org.seq4j.core.search.SearchConfig;

/** What a request asks of the search, in the place of what the model is configured with. */
final class SearchRequest {
  private static final YAMLMapper YAML = new YAMLMapper();

  /** All but plugins, which may read files. */
  private static final Set<String> KEYS =
      Set.of(
          "type",
          "size",
          "n_best",
          "length_normalization",
          "length_penalty",
          "word_reward",
          "coverage_penalty",
          "min_length",
          "min_length_ratio",
          "max_length",
          "max_length_ratio",
          "max_length_extra",
          "sampling",
          "diversity",
          "no_repeat_ngram",
          "repetition_penalty",
          "prefix",
          "required",
          "forbidden",
          "unknown");

  private SearchRequest() {}

  /**
   * The search with what a request asks for.
   *
   * @throws Refusal if that is not possible
   */
  static SearchConfig apply(SearchConfig base, JsonNode asked) {
    if (!asked.isObject()) {
      throw Refusal.bad("search: expected an object, got " + Json.shortened(asked));
    }
    try {
      ObjectNode all = (ObjectNode) YAML.readTree(ConfigWriter.write(withoutPlugins(base)));
      for (Map.Entry<String, JsonNode> entry : asked.properties()) {
        if (!KEYS.contains(entry.getKey())) {
          throw Refusal.bad(
              "search.%s: unknown key. Known: %s"
                  .formatted(
                      Json.shortened(entry.getKey()),
                      KEYS.stream().sorted().collect(Collectors.joining(", "))));
        }
        JsonNode value = literal(entry.getValue());
        if (value.isObject() && all.get(entry.getKey()) instanceof ObjectNode before) {
          before.setAll((ObjectNode) value);
        } else {
          all.set(entry.getKey(), value);
        }
      }
      ConfigReader reader = new ConfigReader(ComponentRegistry.of(), name -> null);
      SearchConfig search =
          reader.bind(
              reader.parse(Path.of("search.json"), all.toString(), List.of()), SearchConfig.class);
      return search.change().constraints(base.constraints()).build();
    } catch (ConfigException e) {
      throw Refusal.bad(
          e.problems().stream()
              .map(problem -> (problem.path().isEmpty() ? "search: " : "search.") + problem)
              .collect(Collectors.joining("; ")));
    } catch (IllegalArgumentException e) {
      throw Refusal.bad("search: " + e.getMessage());
    } catch (JsonProcessingException e) { // of what we wrote
      throw new IllegalStateException(e);
    }
  }

  private static SearchConfig withoutPlugins(SearchConfig base) {
    return base.change().constraints(List.of()).build();
  }

  /** Text of a request is text, never the name of an environment variable. */
  private static JsonNode literal(JsonNode value) {
    if (value.isTextual()) {
      return TextNode.valueOf(value.asText().replace("${", "$${"));
    }
    if (value.isArray()) {
      ArrayNode array = YAML.createArrayNode();
      value.forEach(item -> array.add(literal(item)));
      return array;
    }
    if (value.isObject()) {
      ObjectNode object = YAML.createObjectNode();
      value.properties().forEach(entry -> object.set(entry.getKey(), literal(entry.getValue())));
      return object;
    }
    return value;
  }
}
