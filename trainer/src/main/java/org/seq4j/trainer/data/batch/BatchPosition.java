package org.seq4j.trainer.data.batch;

/**
 * A position in the batches of all epochs.
 *
 * @param seed the seed of the order of examples
 * @param epoch the index of the epoch, from 0
 * @param batch number of batches of that epoch before the position
 */
public record BatchPosition(long seed, int epoch, int batch) {

  /** Returns the position after the next batch. */
  public BatchPosition next(boolean endsEpoch) {
    return endsEpoch
        ? new BatchPosition(seed, epoch + 1, 0)
        : new BatchPosition(seed, epoch, batch + 1);
  }

  /** Returns the position before the first batch. */
  public static BatchPosition start(long seed) {
    return new BatchPosition(seed, 0, 0);
  }
}
