package org.seq4j.trainer.training.log;

/** Adds up what steps took. */
public final class ThroughputMeter {
  private static final double NANOS = 1e9;

  private long tokens;
  private long nanos;
  private long waitedNanos;

  /**
   * Adds a step.
   *
   * @param stepTokens target tokens of its batch
   * @param stepNanos how long it took, waiting included
   * @param waited how much of that was spent waiting for the batch
   */
  public void add(long stepTokens, long stepNanos, long waited) {
    tokens += stepTokens;
    nanos += stepNanos;
    waitedNanos += waited;
  }

  public boolean isEmpty() {
    return tokens == 0;
  }

  public double tokensPerSecond() {
    return tokens / (nanos / NANOS);
  }

  /** The share of the time that was spent waiting for batches. */
  double waitedShare() {
    return (double) waitedNanos / nanos;
  }
}
