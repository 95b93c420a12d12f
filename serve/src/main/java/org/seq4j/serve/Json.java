package org.seq4j.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads the bodies of requests strictly, without converting values or ignoring keys. */
final class Json {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .build();

  private static final String BODY = "the body";
  private static final int SHOWN = 60; // characters of what a caller sent

  private Json() {}

  /**
   * Reads a body as a record.
   *
   * @throws ApiError if its keys or values are not those of the record
   */
  static <T extends Record> T read(byte[] body, Class<T> type) {
    ObjectNode object = object(body);
    try {
      return MAPPER.treeToValue(object, type);
    } catch (JsonMappingException e) {
      throw new JsonMismatch(type, object, e).refusal();
    } catch (JsonProcessingException e) { // cannot happen for a tree
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a text as an object of any keys.
   *
   * @param name name of the text, for messages
   */
  static Map<String, Object> map(String text, String name) {
    JsonTokens.check(text, name, name + ".");
    JsonNode node = tree(text, name);
    if (!(node instanceof ObjectNode object)) {
      throw ApiError.bad(name + ": expected an object, got " + shortened(node));
    }
    return MAPPER.convertValue(object, new TypeReference<>() {});
  }

  private static ObjectNode object(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      JsonTokens.check(text, BODY, "");
      JsonNode node = tree(text, BODY);
      if (!(node instanceof ObjectNode object)) {
        throw ApiError.bad("expected a JSON object, got " + shortened(node));
      }
      return object;
    } catch (CharacterCodingException e) {
      throw ApiError.bad("the body is not UTF-8");
    }
  }

  private static JsonNode tree(String text, String name) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) { // more than one value
      throw ApiError.bad(name + " is not JSON: it goes on after the end of the object");
    }
  }

  static String shortened(JsonNode node) {
    return node == null || node.isMissingNode() ? "nothing" : shortened(node.toString());
  }

  /** Returns the beginning of a text, without line breaks and control characters. */
  static String shortened(String text) {
    return shortened(text, SHOWN);
  }

  /** Returns the beginning of a text up to a length, without control characters. */
  static String shortened(String text, int length) {
    String shown = text.length() <= length ? text : text.substring(0, length) + "...";
    return shown.replaceAll("\\p{Cntrl}", " ");
  }
}
