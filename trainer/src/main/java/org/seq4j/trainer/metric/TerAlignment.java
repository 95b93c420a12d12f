package org.seq4j.trainer.metric;

import java.util.Arrays;
import java.util.List;

/**
 * The edit distance of a hypothesis, and its word alignment. As in sacreBLEU, only cells near the
 * diagonal are computed, and equally good alignments prefer substitutions, then deletions, then
 * insertions.
 */
final class TerAlignment {
  private static final int BEAM = 25;
  private static final int INFINITE = Integer.MAX_VALUE / 2;

  private final List<String> hypothesis;
  private final List<String> reference;
  private final int[][] distances; // by words of the hypothesis, of the reference
  private final int[] positions; // in the hypothesis, by words of the reference
  private final boolean[] errsInReference;
  private final boolean[] errsInHypothesis;

  private TerAlignment(List<String> hypothesis, List<String> reference) {
    this.hypothesis = hypothesis;
    this.reference = reference;
    distances = new int[hypothesis.size() + 1][];
    distances[0] = firstRow();
    for (int i = 1; i < distances.length; i++) {
      distances[i] = row(i, hypothesis.get(i - 1), distances[i - 1]);
    }
    positions = new int[reference.size()];
    errsInReference = new boolean[reference.size()];
    errsInHypothesis = new boolean[hypothesis.size()];
    trace();
  }

  static TerAlignment of(List<String> hypothesis, List<String> reference) {
    return new TerAlignment(hypothesis, reference);
  }

  private int[] firstRow() {
    int[] row = new int[reference.size() + 1];
    Arrays.setAll(row, j -> j);
    return row;
  }

  private int[] row(int i, String word, int[] before) {
    int[] row = new int[reference.size() + 1];
    Arrays.fill(row, INFINITE);
    double ratio = (double) reference.size() / hypothesis.size();
    int beam = BEAM < ratio / 2 ? (int) Math.ceil(ratio / 2 + BEAM) : BEAM;
    int diagonal = (int) Math.floor(i * ratio);
    int from = Math.max(0, diagonal - beam);
    int to =
        i == hypothesis.size()
            ? reference.size() + 1
            : Math.min(reference.size() + 1, diagonal + beam);
    for (int j = from; j < to; j++) {
      if (j == 0) {
        row[j] = before[j] + 1;
      } else {
        int substitution = before[j - 1] + (word.equals(reference.get(j - 1)) ? 0 : 1);
        row[j] = Math.min(row[j], Math.min(substitution, Math.min(before[j], row[j - 1]) + 1));
      }
    }
    return row;
  }

  private void trace() {
    int i = hypothesis.size();
    int j = reference.size();
    while (i > 0 || j > 0) {
      boolean same = i > 0 && j > 0 && hypothesis.get(i - 1).equals(reference.get(j - 1));
      if (i > 0 && j > 0 && distances[i][j] == distances[i - 1][j - 1] + (same ? 0 : 1)) {
        i--;
        j--;
        positions[j] = i;
        errsInReference[j] = !same;
        errsInHypothesis[i] = !same;
      } else if (i > 0 && distances[i][j] == distances[i - 1][j] + 1) {
        i--;
        errsInHypothesis[i] = true;
      } else {
        j--;
        positions[j] = i - 1;
        errsInReference[j] = true;
      }
    }
  }

  int distance() {
    return distances[hypothesis.size()][reference.size()];
  }

  /**
   * Returns the distance of another hypothesis of the same length; rows of a common prefix are
   * reused.
   */
  int distanceOf(List<String> other) {
    int i = 1;
    while (i <= other.size() && other.get(i - 1).equals(hypothesis.get(i - 1))) {
      i++;
    }
    int[] row = distances[i - 1];
    for (; i <= other.size(); i++) {
      row = row(i, other.get(i - 1), row);
    }
    return row[reference.size()];
  }

  /**
   * Returns the position in the hypothesis of a word of the reference; if it is missing, the
   * position of the word before it.
   */
  int position(int ofReference) {
    return positions[ofReference];
  }

  boolean errsInReference(int start, int length) {
    return any(errsInReference, start, length);
  }

  boolean errsInHypothesis(int start, int length) {
    return any(errsInHypothesis, start, length);
  }

  private static boolean any(boolean[] errors, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (errors[i]) {
        return true;
      }
    }
    return false;
  }

  boolean isAlignedInto(int ofReference, int start, int length) {
    int at = positions[ofReference];
    return start <= at && at < start + length;
  }
}
