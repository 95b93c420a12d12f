package org.seq4j.serve;

import java.util.Map;
import java.util.stream.Collectors;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigProblem;
import org.seq4j.runtime.search.SearchConfig;

/** The search of a request, in the place of the one that the model is configured with. */
final class SearchRequest {
  private static final String CONSTRAINTS = "constraints";
  private static final int MAX_MESSAGE = 1000; // a key of a caller may have any length

  private SearchRequest() {}

  /**
   * The search with what a request asks for.
   *
   * @throws ApiError if that is not possible
   */
  static SearchConfig apply(SearchConfig base, Map<String, Object> asked) {
    if (asked.containsKey(CONSTRAINTS)) {
      throw ApiError.bad(
          "search.constraints: a request may not name plugins, which may read files; the model's"
              + " config may");
    }
    try {
      return base.with(asked);
    } catch (ConfigException e) {
      throw ApiError.bad(
          Json.shortened(
              e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("; ")),
              MAX_MESSAGE));
    }
  }
}
