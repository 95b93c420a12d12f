package org.seq4j.serve;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * The origins whose pages may read answers (CORS).
 *
 * @param origins origins such as {@code https://example.org}; {@code *} stands for all
 */
record CrossOrigin(Set<String> origins) {
  private static final String PREFLIGHT = "Access-Control-Request-Method";
  private static final String HOUR = "3600";

  /** Returns the headers of an answer. */
  Map<String, String> headers(Request request) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (origins.isEmpty()) {
      return headers;
    }
    headers.put("Vary", "Origin");
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    if (origin != null && (origins.contains("*") || origins.contains(origin))) {
      headers.put("Access-Control-Allow-Origin", origins.contains("*") ? "*" : origin);
      headers.put("Access-Control-Expose-Headers", "X-Request-Id, Retry-After");
    }
    return headers;
  }

  /** Returns the headers of the answer to OPTIONS, which browsers ask before a request. */
  Map<String, String> preflight(Request request, Set<String> allowed) {
    Map<String, String> headers = new LinkedHashMap<>();
    String methods = String.join(", ", allowed);
    headers.put("Allow", methods);
    if (headers(request).containsKey("Access-Control-Allow-Origin")
        && request.getHeaders().contains(PREFLIGHT)) {
      headers.put("Access-Control-Allow-Methods", methods);
      headers.put("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Request-Id");
      headers.put("Access-Control-Max-Age", HOUR);
    }
    return headers;
  }
}
