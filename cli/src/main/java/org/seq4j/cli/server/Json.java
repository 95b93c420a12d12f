package org.seq4j.cli.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What bodies of requests are read with: strictly. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int SHOWN = 60; // characters of what a caller sent

  private Json() {}

  /**
   * An object.
   *
   * @param known its keys, all of which may be missing
   * @throws Refusal if it is none, or has other keys
   */
  static ObjectNode object(byte[] body, Set<String> known) {
    JsonNode node;
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      node = MAPPER.readTree(text);
    } catch (CharacterCodingException e) {
      throw Refusal.bad("the body is not UTF-8");
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : " at line %d, column %d"
                  .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
      throw Refusal.bad("the body is not JSON%s".formatted(where));
    }
    if (!(node instanceof ObjectNode object)) {
      throw Refusal.bad("expected a JSON object, got " + shortened(node));
    }
    object
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!known.contains(key)) {
                throw Refusal.bad(
                    "%s: unknown key. Known: %s"
                        .formatted(
                            shortened(key),
                            known.stream().sorted().collect(Collectors.joining(", "))));
              }
            });
    return object;
  }

  /** A text of an object; absent if it has none. */
  static Optional<String> text(ObjectNode object, String key) {
    JsonNode value = object.get(key);
    if (value == null || value.isNull()) {
      return Optional.empty();
    }
    return Optional.of(text(value, key));
  }

  /** A node as text. */
  static String text(JsonNode value, String name) {
    if (!value.isTextual()) {
      throw Refusal.bad("%s: expected a text, got %s".formatted(name, shortened(value)));
    }
    return value.asText();
  }

  /** Whether an object says yes. */
  static boolean flag(ObjectNode object, String key) {
    JsonNode value = object.get(key);
    if (value == null || value.isNull()) {
      return false;
    }
    if (!value.isBoolean()) {
      throw Refusal.bad("%s: expected true or false, got %s".formatted(key, shortened(value)));
    }
    return value.asBoolean();
  }

  static String shortened(JsonNode node) {
    return node == null || node.isMissingNode() ? "nothing" : shortened(node.toString());
  }

  /** A part of what a caller sent, without line breaks or control characters. */
  static String shortened(String text) {
    String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    return shown.replaceAll("\\p{Cntrl}", " ");
  }
}
