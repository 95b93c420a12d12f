package org.seq4j.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to a request.
 *
 * @param code the code of the error; empty if there is none
 * @param type the content type with its parameters; empty if there is no body
 * @param headers further headers
 */
record Answer(
    int status,
    Optional<String> code,
    Optional<String> type,
    byte[] body,
    Map<String, String> headers) {
  private static final String JSON = "application/json;charset=utf-8";

  /** Creates the answer of a success. */
  static Answer of(String type, byte[] body) {
    return new Answer(200, Optional.empty(), Optional.of(type), body, Map.of());
  }

  /** Creates the answer of a success, as JSON. */
  static Answer of(JsonNode json) {
    return of(JSON, bytes(json));
  }

  /** Creates an answer without a body. */
  static Answer empty(Map<String, String> headers) {
    return new Answer(204, Optional.empty(), Optional.empty(), new byte[0], headers);
  }

  /** Creates the answer of an error. */
  static Answer of(ApiError error, ErrorFormat format) {
    return new Answer(
        error.status(),
        Optional.of(error.code()),
        Optional.of(JSON),
        bytes(format.of(error)),
        error.headers());
  }

  private static byte[] bytes(JsonNode json) {
    return (json + "\n").getBytes(UTF_8);
  }
}
