package org.seq4j.core.search;

import java.util.Arrays;

/** A hypothesis while it grows: its last symbol, and the path that it continues. Immutable. */
final class Path {
  static final Path EMPTY = new Path(null, -1, 0, new float[0]);

  private final Path parent;
  private final int symbol;
  private final double score;
  private final int length;
  private final float[] attention;

  private Path(Path parent, int symbol, double score, float[] attention) {
    this.parent = parent;
    this.symbol = symbol;
    this.score = score;
    this.length = parent == null ? 0 : parent.length + 1;
    this.attention = attention;
  }

  Path extend(int next, double logProbability, float[] where) {
    return new Path(this, next, score + logProbability, where);
  }

  int symbol() {
    return symbol;
  }

  /** Sum of the log-probabilities of its symbols. */
  double score() {
    return score;
  }

  /** How many symbols it has. */
  int length() {
    return length;
  }

  /** What it is if it ends here, with the log-probability of the end symbol. */
  Hypothesis finish(double logProbability, LengthPenalty penalty) {
    return hypothesis(score + logProbability, penalty, true);
  }

  /** What it is if it must stop here without an end. */
  Hypothesis cut(LengthPenalty penalty) {
    return hypothesis(score, penalty, false);
  }

  private Hypothesis hypothesis(double total, LengthPenalty penalty, boolean finished) {
    Integer[] symbols = new Integer[length];
    float[][] rows = new float[length][];
    for (Path path = this; path.length > 0; path = path.parent) {
      symbols[path.length - 1] = path.symbol;
      rows[path.length - 1] = path.attention;
    }
    boolean attended = length > 0 && attention.length > 0;
    return new Hypothesis(
        Arrays.asList(symbols),
        total,
        penalty.rank(total, finished ? length + 1 : length),
        finished,
        attended ? rows : new float[0][]);
  }

  /**
   * Checks the numbers that a step gave for the continuations of this path.
   *
   * @throws IllegalStateException if one is NaN
   */
  void check(float[] logProbabilities) {
    for (float logProbability : logProbabilities) {
      if (Float.isNaN(logProbability)) {
        throw new IllegalStateException(
            ("The model gave NaN for the probability of symbol %d of a target sequence: its weights"
                    + " have diverged, or the source holds NaN. Use an earlier checkpoint; train"
                    + " with a lower learning rate or with clip_norm.")
                .formatted(length + 1));
      }
    }
  }
}
