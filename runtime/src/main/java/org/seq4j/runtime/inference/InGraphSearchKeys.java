package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.seq4j.runtime.config.ConfigRecords;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.SearchConfig;

/**
 * The keys of {@link SearchConfig} that {@link InGraphBeamSearch} supports. Every other key must
 * have its default, so that none is ignored: a new key is rejected until it is listed here.
 */
final class InGraphSearchKeys {
  static final Set<String> SUPPORTED =
      Set.of(
          "type", // not sampling
          "size",
          "length.min",
          "length.min_ratio",
          "length.max",
          "length.max_ratio",
          "length.max_extra",
          "ranking.length_normalization",
          "ranking.length_penalty",
          "ranking.word_reward");

  private InGraphSearchKeys() {}

  /**
   * Checks a configuration.
   *
   * @throws RequestException if other keys are set; the message names all of them
   */
  static void check(SearchConfig config) {
    List<String> refused =
        ConfigRecords.changes(config).stream()
            .filter(change -> !SUPPORTED.contains(change.key()))
            .map(InGraphSearchKeys::refusal)
            .collect(Collectors.toCollection(ArrayList::new));
    if (config.type() == SearchConfig.Type.SAMPLING) {
      refused.add(0, "search.type is sampling: set it to greedy or beam");
    }
    if (!refused.isEmpty()) {
      throw new RequestException(
          "the search of a saved-model does not support these keys: " + String.join("; ", refused));
    }
  }

  private static String refusal(ConfigRecords.Change change) {
    return "search.%s is %s: set it to %s"
        .formatted(change.key(), change.value(), change.defaultValue().orElse("null"));
  }
}
