package org.seq4j.runtime.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests known names that are similar to an unknown one. */
final class Suggestions {
  private Suggestions() {}

  /** Returns the most similar known name, if one is similar enough. */
  static Optional<String> closest(String name, Collection<String> known) {
    String bare = bare(name);
    return known.stream()
        .filter(candidate -> distance(bare, bare(candidate)) <= tolerance(bare, bare(candidate)))
        .min(
            Comparator.comparingInt((String candidate) -> distance(bare, bare(candidate)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Returns " Did you mean 'units'?", or an empty string. */
  static String question(String name, Collection<String> known) {
    return closest(name, known).map(" Did you mean '%s'?"::formatted).orElse("");
  }

  /** Normalizes a name: learningRate, learning-rate and learning_rate become equal. */
  private static String bare(String name) {
    return name.replaceAll("[_\\-\\s]", "").toLowerCase(Locale.ROOT);
  }

  /** Returns the maximum distance: one edit per three letters; two-letter names must be equal. */
  private static int tolerance(String name, String candidate) {
    return Math.min(3, Math.max(name.length(), candidate.length()) / 3);
  }

  /**
   * Computes the Damerau-Levenshtein distance (optimal string alignment): insertions, deletions,
   * substitutions and swaps of neighbours.
   */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          d[i][j] = Math.min(d[i][j], 1 + d[i - 2][j - 2]);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
