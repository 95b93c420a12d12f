package org.seq4j.trainer.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts of n-grams of one order. */
final class Ngrams {
  private Ngrams() {}

  static <T> Map<List<T>, Integer> of(List<T> items, int order) {
    Map<List<T>, Integer> counts = new HashMap<>();
    for (int i = 0; i + order <= items.size(); i++) {
      counts.merge(items.subList(i, i + order), 1, Integer::sum);
    }
    return counts;
  }

  /** Returns the size of the multiset intersection. */
  static <T> int common(Map<T, Integer> a, Map<T, Integer> b) {
    int common = 0;
    for (Map.Entry<T, Integer> entry : a.entrySet()) {
      common += Math.min(entry.getValue(), b.getOrDefault(entry.getKey(), 0));
    }
    return common;
  }

  static int total(Map<?, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
