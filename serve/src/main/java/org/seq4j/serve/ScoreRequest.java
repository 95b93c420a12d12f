package org.seq4j.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The body of a request to score given targets.
 *
 * @param model the name of a model; null for the default
 * @param pairs sources with their targets; null if missing
 * @param alignment true to return alignments
 */
record ScoreRequest(String model, List<Pair> pairs, boolean alignment) {

  /** A source and a target for it. */
  record Pair(
      @JsonProperty(required = true) String source, @JsonProperty(required = true) String target) {}

  /**
   * Returns the pairs.
   *
   * @throws ApiError if there are none, or more than the server allows
   */
  List<Pair> pairs(RequestLimits limits) {
    if (pairs == null || pairs.isEmpty()) {
      throw ApiError.bad(
          "pairs: expected a list of {\"source\": ..., \"target\": ...}, got "
              + (pairs == null ? "nothing" : "[]"));
    }
    limits.checkCount(pairs, "pairs");
    for (int i = 0; i < pairs.size(); i++) {
      String name = "pairs[" + i + "]";
      if (pairs.get(i) == null) {
        throw ApiError.bad(name + ": expected {\"source\": ..., \"target\": ...}, got null");
      }
      limits.checkText(pairs.get(i).source(), name + ".source");
      limits.checkText(pairs.get(i).target(), name + ".target");
    }
    return pairs;
  }
}
