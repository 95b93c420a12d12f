package org.seq4j.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.config.ConfigProblem;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translator;

/** The search settings of a request, which override those of the model. */
final class SearchRequest {
  private static final String CONSTRAINTS = "constraints";
  private static final String LANGUAGE_MODEL = "language_model";
  private static final String RULES = "rules";
  private static final int MAX_MESSAGE = 1000; // a caller may send a key of any length

  private SearchRequest() {}

  /**
   * Adds sentences for the sender: about rules without effect, and about answers that they cut off.
   *
   * @param deadEnds number of answers that end because the rules allow no further token
   * @param answers number of all answers
   */
  static void warn(
      ObjectNode answer, Translator model, SearchConfig search, long deadEnds, int answers) {
    List<String> warnings = new ArrayList<>(model.warnings(search));
    if (deadEnds > 0) {
      warnings.add(
          "search: "
              + deadEnds
              + " of "
              + answers
              + " answers incomplete: the rules allowed no further token; check rules and constraints"
              + " for rules that exclude each other");
    }
    if (!warnings.isEmpty()) {
      warnings.forEach(answer.putArray("warnings")::add);
    }
  }

  /**
   * Returns the search of a request.
   *
   * @param base the search of the model
   * @param given the settings of the request, if it has some
   * @throws ApiError if they are invalid, or the search is over a limit of the server
   */
  static SearchConfig of(
      SearchConfig base, Optional<Map<String, Object>> given, RequestLimits limits) {
    SearchConfig search = given.map(asked -> apply(base, asked)).orElse(base);
    limits.checkSearch(search);
    return search;
  }

  private static SearchConfig apply(SearchConfig base, Map<String, Object> asked) {
    if (asked.containsKey(CONSTRAINTS)) {
      throw ApiError.bad(
          "search.constraints: not allowed in requests, as plugins may read files; set it in the"
              + " model's config");
    }
    if (names(asked, RULES, "required_from_source")) {
      throw ApiError.bad(
          "search.rules.required_from_source: not allowed in requests, as a regular expression may"
              + " take any time; set it in the model's config, or send the texts in"
              + " search.rules.required");
    }
    if (names(asked, LANGUAGE_MODEL, "run")) {
      throw ApiError.bad(
          "search.language_model.run: not allowed in requests, which cannot name files; set it in"
              + " the model's config");
    }
    return changed(base, asked);
  }

  private static boolean names(Map<String, Object> asked, String section, String key) {
    return asked.get(section) instanceof Map<?, ?> keys && keys.containsKey(key);
  }

  private static SearchConfig changed(SearchConfig base, Map<String, Object> asked) {
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
