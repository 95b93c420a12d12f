package org.seq4j.trainer.training;

/** Adds up what steps took. */
final class Meter {
  private static final double NANOS = 1e9;

  private long tokens;
  private long nanos;
  private long waitedNanos;

  /**
   * Adds a step.
   *
   * @param stepTokens target symbols of its batch
   * @param stepNanos how long it took, waiting included
   * @param waited how much of that was spent waiting for the batch
   */
  void add(long stepTokens, long stepNanos, long waited) {
    tokens += stepTokens;
    nanos += stepNanos;
    waitedNanos += waited;
  }

  boolean isEmpty() {
    return tokens == 0;
  }

  double tokensPerSecond() {
    return tokens / (nanos / NANOS);
  }

  /** The share of the time that was spent waiting for batches. */
  double waitedShare() {
    return (double) waitedNanos / nanos;
  }
}
