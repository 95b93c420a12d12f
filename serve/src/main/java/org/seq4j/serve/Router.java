package org.seq4j.serve;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the route of a request. HEAD is answered wherever GET is, as RFC 9110, section 9.1,
 * requires, and OPTIONS everywhere; a slash at the end of a path means nothing.
 */
record Router(List<Route> routes) {
  private static final Pattern END = Pattern.compile("(?<=.)/+$");

  /**
   * A route with the texts of its variables.
   *
   * @param route the route; empty for OPTIONS
   * @param allowed the methods of its path
   */
  record Match(Optional<Route> route, Map<String, String> variables, Set<String> allowed) {}

  /** Returns the path of a route that matches, for metrics: never a path that a caller made up. */
  String known(String path) {
    return routes.stream()
        .filter(route -> route.match(plain(path)).isPresent())
        .map(Route::path)
        .findFirst()
        .orElse("other");
  }

  /** Returns the form of errors at a path. */
  ErrorFormat errors(String path) {
    return routes.stream()
        .filter(route -> route.match(plain(path)).isPresent())
        .map(Route::errors)
        .findFirst()
        .orElse(ErrorFormat.SEQ4J);
  }

  /**
   * Finds the route of a request.
   *
   * @throws ApiError if there is no such path, or the path has no such method
   */
  Match find(String method, String path) {
    String plain = plain(path);
    List<Route> here = routes.stream().filter(route -> route.match(plain).isPresent()).toList();
    if (here.isEmpty() && !(path.equals("*") && method.equals("OPTIONS"))) {
      throw new ApiError(404, "no-such-path", "no such path; /openapi.json has all paths");
    }
    Set<String> allowed = allowed(here.isEmpty() ? routes : here);
    if (method.equals("OPTIONS")) {
      return new Match(Optional.empty(), Map.of(), allowed);
    }
    String asked = method.equals("HEAD") ? "GET" : method;
    return here.stream()
        .filter(route -> route.method().equals(asked))
        .findFirst()
        .map(route -> new Match(Optional.of(route), route.match(plain).orElse(Map.of()), allowed))
        .orElseThrow(() -> wrongMethod(here, allowed));
  }

  private static ApiError wrongMethod(List<Route> here, Set<String> allowed) {
    return new ApiError(
        405,
        "wrong-method",
        "expected the method " + String.join(" or ", here.stream().map(Route::method).toList()),
        Map.of("Allow", String.join(", ", allowed)));
  }

  private static Set<String> allowed(List<Route> routes) {
    Set<String> methods = new LinkedHashSet<>();
    for (Route route : routes) {
      methods.add(route.method());
      if (route.method().equals("GET")) {
        methods.add("HEAD");
      }
    }
    methods.add("OPTIONS");
    return methods;
  }

  private static String plain(String path) {
    return END.matcher(path).replaceFirst("");
  }
}
