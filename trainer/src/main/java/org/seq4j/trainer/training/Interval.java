package org.seq4j.trainer.training;

/**
 * Sums over the steps since a line of the log.
 *
 * @param steps how many
 * @param tokens target symbols, ends included
 * @param lossSum of the losses of all these symbols
 * @param normSum of the norms of the gradients
 */
record Interval(long steps, long tokens, double lossSum, double normSum) {
  static final Interval EMPTY = new Interval(0, 0, 0, 0);

  Interval plus(TrainingGraph.Step step, long stepTokens) {
    return new Interval(
        steps + 1,
        tokens + stepTokens,
        lossSum + step.loss() * stepTokens,
        normSum + step.gradientNorm());
  }

  /** The mean over target symbols. */
  double loss() {
    return lossSum / tokens;
  }

  /** The mean over steps. */
  double gradientNorm() {
    return normSum / steps;
  }
}
