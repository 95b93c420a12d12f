package org.seq4j.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoint of a method at a path.
 *
 * @param path the path; a segment {@code {name}} stands for any text
 * @param open true if the endpoint requires no token, or checks it itself
 * @param models true if the endpoint needs the models
 * @param errors the form of its errors
 */
record Route(
    String method,
    String path,
    boolean open,
    boolean models,
    ErrorFormat errors,
    Endpoint endpoint) {

  /** Creates a route of the server itself, which requires no token. */
  static Route open(String path, Endpoint endpoint) {
    return new Route("GET", path, true, false, ErrorFormat.SEQ4J, endpoint);
  }

  /** Creates a route of the server itself, which requires the token. */
  static Route guarded(String path, Endpoint endpoint) {
    return new Route("GET", path, false, false, ErrorFormat.SEQ4J, endpoint);
  }

  /** Creates a route to the models, which requires the token. */
  static Route models(String method, String path, Endpoint endpoint) {
    return new Route(method, path, false, true, ErrorFormat.SEQ4J, endpoint);
  }

  /** Creates a route of LibreTranslate, whose requests carry the token in the body. */
  static Route libreTranslate(String method, String path, Endpoint endpoint) {
    return new Route(method, path, true, true, ErrorFormat.LIBRE_TRANSLATE, endpoint);
  }

  /** Returns the texts of the variables if a path matches. */
  Optional<Map<String, String>> match(String other) {
    String[] expected = path.split("/", -1);
    String[] given = other.split("/", -1);
    if (expected.length != given.length) {
      return Optional.empty();
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (int i = 0; i < expected.length; i++) {
      if (expected[i].startsWith("{")) {
        variables.put(expected[i].substring(1, expected[i].length() - 1), given[i]);
      } else if (!expected[i].equals(given[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }
}
