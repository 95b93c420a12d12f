package org.seq4j.trainer.training.log;

/** Measures the throughput of steps. */
public final class ThroughputMeter {
  private static final double NANOS = 1e9;

  private long steps;
  private long tokens;
  private long nanos;
  private long waitedNanos;

  /**
   * Adds a step.
   *
   * @param stepTokens the target tokens of its batch
   * @param stepNanos its duration in nanoseconds, waiting included
   * @param waited the nanoseconds of that spent waiting for the batch
   */
  public void add(long stepTokens, long stepNanos, long waited) {
    steps++;
    tokens += stepTokens;
    nanos += stepNanos;
    waitedNanos += waited;
  }

  public long steps() {
    return steps;
  }

  public boolean isEmpty() {
    return tokens == 0;
  }

  public double tokensPerSecond() {
    return tokens / (nanos / NANOS);
  }

  /** Returns the share of time spent waiting for batches. */
  double waitedShare() {
    return (double) waitedNanos / nanos;
  }
}
