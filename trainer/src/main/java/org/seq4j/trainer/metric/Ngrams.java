package org.seq4j.trainer.metric;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How often each n-gram of one order occurs. */
final class Ngrams {
  private Ngrams() {}

  static <T> Map<List<T>, Integer> of(List<T> items, int order) {
    Map<List<T>, Integer> counts = new HashMap<>();
    for (int i = 0; i + order <= items.size(); i++) {
      counts.merge(items.subList(i, i + order), 1, Integer::sum);
    }
    return counts;
  }

  /** How many of the one are in the other, each as often as in both. */
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
