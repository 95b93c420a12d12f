package org.seq4j.trainer.training;

/** Adds up what steps gave and took. */
final class Meter {
  private static final double NANOS = 1e9;

  private double lossSum;
  private double normSum;
  private long tokens;
  private long steps;
  private long nanos;
  private long waitedNanos;

  /**
   * Adds a step.
   *
   * @param tokens target symbols of its batch
   * @param nanos how long it took, waiting included
   * @param waited how much of that was spent waiting for the batch
   */
  void add(TrainingGraph.Step step, long tokens, long nanos, long waited) {
    lossSum += step.loss() * tokens;
    normSum += step.gradientNorm();
    this.tokens += tokens;
    steps++;
    this.nanos += nanos;
    waitedNanos += waited;
  }

  boolean isEmpty() {
    return steps == 0;
  }

  /** The mean over target symbols. */
  double loss() {
    return lossSum / tokens;
  }

  /** The mean over steps. */
  double gradientNorm() {
    return normSum / steps;
  }

  double tokensPerSecond() {
    return tokens / (nanos / NANOS);
  }

  /** The share of the time that was spent waiting for batches. */
  double waitedShare() {
    return (double) waitedNanos / nanos;
  }
}
