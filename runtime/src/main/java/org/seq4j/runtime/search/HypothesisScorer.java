package org.seq4j.runtime.search;

/**
 * What hypotheses of different lengths are compared by.
 *
 * @param normalization how a score is divided by the length, which counts the end token
 * @param alpha see {@link RankingConfig#lengthPenalty()}
 * @param reward added for each token, the end counted
 * @param coverage see {@link RankingConfig#coveragePenalty()}
 */
record HypothesisScorer(
    SearchConfig.LengthNormalization normalization, double alpha, double reward, double coverage) {
  static final HypothesisScorer BY_SCORE =
      new HypothesisScorer(SearchConfig.LengthNormalization.GNMT, 0, 0, 0);

  /** What a position that was never looked at counts as: the logarithm of 0 would end all. */
  private static final double LEAST = 1e-6;

  /**
   * The score of a hypothesis among others.
   *
   * @param attention a row for each token; none if there is no attention
   * @param positions how many source positions count
   */
  double rank(double score, long length, float[][] attention, int positions) {
    return byLength(score, length) + coverage * covered(attention, positions);
  }

  /** Without coverage. */
  double byLength(double score, long length) {
    return score / divisor(Math.max(1, length)) + reward * length;
  }

  /** The most that a hypothesis of a score can be ranked by once it has up to so many tokens. */
  double bound(double score, long longest) {
    return score / divisor(longest) + Math.max(0, reward) * longest; // scores only fall
  }

  private double divisor(long length) {
    return switch (normalization) {
      case GNMT -> Math.pow((5.0 + length) / 6.0, alpha);
      case POWER -> Math.pow((double) length, alpha);
      case AVERAGE -> (double) length;
    };
  }

  /** Wu et al. 2016, eq. 14: the sum over positions of log(min(attention on it in all, 1)). */
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
