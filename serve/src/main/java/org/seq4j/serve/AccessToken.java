package org.seq4j.serve;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The access token that requests must carry.
 *
 * @param token the token; empty if requests need none
 */
record AccessToken(Optional<String> token) {
  private static final String SCHEME = "Bearer ";

  /**
   * Checks the header of a request.
   *
   * @throws ApiError if it lacks the token
   */
  void check(Request request) {
    if (!isIn(request)) {
      throw new ApiError(
          401,
          "no-token",
          "expected the header 'Authorization: Bearer TOKEN' with a valid token",
          Map.of("WWW-Authenticate", "Bearer"));
    }
  }

  /**
   * Checks the header of a request, or else a key in its body.
   *
   * @param key the key; null if there is none
   * @throws ApiError if both lack the token
   */
  void check(Request request, String key) {
    if (!isIn(request) && !equal(SCHEME + key)) {
      throw new ApiError(403, "no-token", "expected an api_key: the access token of this server");
    }
  }

  /** Returns true if requests need a token. */
  boolean isRequired() {
    return token.isPresent();
  }

  private boolean isIn(Request request) {
    String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
    return token.isEmpty() || (header != null && equal(header));
  }

  private boolean equal(String given) {
    byte[] expected = (SCHEME + token.orElseThrow()).getBytes(UTF_8);
    return MessageDigest.isEqual(expected, given.getBytes(UTF_8));
  }
}
