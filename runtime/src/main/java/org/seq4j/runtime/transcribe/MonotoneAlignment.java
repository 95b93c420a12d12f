package org.seq4j.runtime.transcribe;

import java.util.Arrays;

/**
 * The most probable alignment of tokens to encoder outputs in which no token is before its
 * predecessor. Attention alone may jump: the largest weights of two tokens may be in the wrong
 * order.
 */
final class MonotoneAlignment {
  private static final double SMALLEST = 1e-4; // a weight that attention may deny by mistake

  private MonotoneAlignment() {}

  /**
   * Aligns tokens.
   *
   * @param attention weights, {@code [tokens][outputs]}
   * @return the output of each token, never falling
   */
  static int[] of(float[][] attention) {
    int tokens = attention.length;
    int outputs = tokens == 0 ? 0 : attention[0].length;
    int[][] before = new int[tokens][outputs]; // the best output of the previous token
    double[] scores = new double[outputs];
    for (int token = 0; token < tokens; token++) {
      double[] next = new double[outputs];
      int best = 0;
      for (int output = 0; output < outputs; output++) {
        best = scores[output] > scores[best] ? output : best;
        before[token][output] = best;
        next[output] = scores[best] + Math.log(Math.max(SMALLEST, attention[token][output]));
      }
      scores = next;
    }
    int[] aligned = new int[tokens];
    int output = best(scores);
    for (int token = tokens - 1; token >= 0; token--) {
      aligned[token] = output;
      output = before[token][output];
    }
    return aligned;
  }

  private static int best(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  /** Returns true if all rows have weights. */
  static boolean isPossible(float[][] attention, int tokens) {
    return tokens > 0
        && attention.length >= tokens
        && Arrays.stream(attention)
            .allMatch(row -> row.length == attention[0].length && row.length > 0);
  }
}
