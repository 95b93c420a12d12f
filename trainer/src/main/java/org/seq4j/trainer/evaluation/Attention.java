package org.seq4j.trainer.evaluation;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Statistics of attention weights {@code [tokens][source tokens]}. */
final class Attention {

  private Attention() {}

  /**
   * Returns the entropy of each row as a share of the max entropy; skips rows with a single
   * position.
   */
  static DoubleStream entropies(float[][] weights) {
    return Arrays.stream(weights).filter(row -> row.length > 1).mapToDouble(Attention::entropy);
  }

  private static double entropy(float[] row) {
    double entropy = 0;
    for (float weight : row) {
      entropy -= weight > 0 ? weight * Math.log(weight) : 0;
    }
    return entropy / Math.log(row.length);
  }

  /**
   * Returns for each row 1 minus the distance of its largest weight from the diagonal, relative to
   * the length.
   */
  static DoubleStream diagonality(float[][] weights) {
    return IntStream.range(0, weights.length)
        .filter(token -> weights[token].length > 1)
        .mapToDouble(
            token -> {
              double place = weights.length == 1 ? 0 : token / (weights.length - 1.0);
              return 1 - Math.abs(place - largest(weights[token]) / (weights[token].length - 1.0));
            });
  }

  private static int largest(float[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }
}
