package org.seq4j.trainer.evaluation;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** What weights of attention, {@code [tokens][source tokens]}, look like. */
final class Attention {

  private Attention() {}

  /** The entropy of each row as a share of the largest there can be; none of a single position. */
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

  /** For each row 1 minus how far its largest weight is from the same place in the source. */
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
