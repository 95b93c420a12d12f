package org.seq4j.runtime.search;

/**
 * Computes scores that make hypotheses of different lengths comparable.
 *
 * @param normalization divisor of the score, a function of the length including the end token
 * @param alpha see {@link RankingConfig#lengthPenalty()}
 * @param reward summand for each token, including the end token
 * @param coverage see {@link RankingConfig#coveragePenalty()}
 */
record HypothesisScorer(
    SearchConfig.LengthNormalization normalization, double alpha, double reward, double coverage) {
  static final HypothesisScorer BY_SCORE =
      new HypothesisScorer(SearchConfig.LengthNormalization.GNMT, 0, 0, 0);

  /** Minimum attention of a position; the logarithm of 0 would be negative infinity. */
  private static final double LEAST = 1e-6;

  /**
   * Computes the rank of a hypothesis.
   *
   * @param attention weights of each token; empty without attention
   * @param positions number of source positions that count
   */
  double rank(double score, long length, float[][] attention, int positions) {
    return byLength(score, length) + coverage * covered(attention, positions);
  }

  /** Computes the rank without coverage. */
  double byLength(double score, long length) {
    return score / divisor(Math.max(1, length)) + reward * length;
  }

  /** Computes an upper bound of the rank of a hypothesis that may grow to a length. */
  double bound(double score, long longest) {
    return score / divisor(longest) + Math.max(0, reward) * longest; // the score only decreases
  }

  private double divisor(long length) {
    return switch (normalization) {
      case GNMT -> Math.pow((5.0 + length) / 6.0, alpha);
      case POWER -> Math.pow((double) length, alpha);
      case AVERAGE -> (double) length;
    };
  }

  /**
   * Computes the coverage (Wu et al. 2016, eq. 14): the sum over positions of log(min(total
   * attention, 1)).
   */
  private double covered(float[][] attention, int positions) {
    if (coverage == 0 || attention.length == 0) {
      return 0;
    }
    double sum = 0;
    for (int position = 0; position < Math.min(positions, attention[0].length); position++) {
      double looked = 0;
      for (float[] row : attention) {
        looked += row[position];
      }
      sum += Math.log(Math.max(LEAST, Math.min(looked, 1)));
    }
    return sum;
  }
}
