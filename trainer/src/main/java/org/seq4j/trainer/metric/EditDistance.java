package org.seq4j.trainer.metric;

import java.util.List;

/** The Levenshtein distance: every insertion, deletion and substitution costs 1. */
public final class EditDistance {
  private EditDistance() {}

  /** Returns the distance between two sequences, in O(n m) time and O(m) space. */
  public static int between(List<?> a, List<?> b) {
    int[] previous = new int[b.size() + 1];
    int[] current = new int[b.size() + 1];
    for (int j = 0; j <= b.size(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.size(); i++) {
      current[0] = i;
      for (int j = 1; j <= b.size(); j++) {
        int substitution = previous[j - 1] + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      int[] swap = previous;
      previous = current;
      current = swap;
    }
    return previous[b.size()];
  }
}
