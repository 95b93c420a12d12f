package org.seq4j.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sequences of ids as the rows of a rectangle, filled up with 0 on the right. */
public final class PaddedIds {
  private final int width;
  private final int[] ids;
  private final int[] lengths;

  private PaddedIds(int width, int[] ids, int[] lengths) {
    this.width = width;
    this.ids = ids;
    this.lengths = lengths;
  }

  /** Puts sequences below one another. */
  public static PaddedIds of(List<int[]> rows) {
    int[] lengths = rows.stream().mapToInt(row -> row.length).toArray();
    // At least one column, so that a batch of empty sequences is a tensor like any other.
    int width = Math.max(1, Arrays.stream(lengths).max().orElse(0));
    int[] ids = new int[Math.multiplyExact(rows.size(), width)];
    for (int row = 0; row < rows.size(); row++) {
      System.arraycopy(rows.get(row), 0, ids, row * width, lengths[row]);
    }
    return new PaddedIds(width, ids, lengths);
  }

  /**
   * One of several parts: every {@code parts}th sequence, so that long and short ones are in each
   * even if they are sorted.
   *
   * @param part which, from 0; it is empty if there are no more sequences than that
   */
  PaddedIds part(int part, int parts) {
    List<int[]> rows = new ArrayList<>();
    for (int row = part; row < rows(); row += parts) {
      rows.add(Arrays.copyOfRange(ids, row * width, row * width + lengths[row]));
    }
    return of(rows);
  }

  /** The number of sequences. */
  public int rows() {
    return lengths.length;
  }

  /** The length of the longest sequence, at least 1. */
  public int width() {
    return width;
  }

  /** The ids, row after row: id t of sequence b is at {@code b * width + t}. Not to be changed. */
  public int[] ids() {
    return ids;
  }

  /** The length of each sequence, without padding. Not to be changed. */
  public int[] lengths() {
    return lengths;
  }
}
