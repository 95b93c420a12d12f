package org.seq4j.core.search;

/** Length normalization of log-probabilities: Wu et al. 2016, eq. 14, without its coverage term. */
record LengthPenalty(double alpha) {

  /** The score that hypotheses of different lengths are compared by; the length counts the end. */
  double rank(double score, long length) {
    return score / Math.pow((5.0 + length) / 6.0, alpha);
  }
}
