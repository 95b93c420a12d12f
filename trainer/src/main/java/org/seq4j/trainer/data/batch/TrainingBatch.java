package org.seq4j.trainer.data.batch;

/**
 * A batch and its place in the epoch.
 *
 * @param batch the pairs
 * @param endsEpoch true if the batch is the last of its epoch
 */
public record TrainingBatch(Batch batch, boolean endsEpoch) {

  /** Returns the number of target tokens, end tokens included. */
  public long tokens() {
    long tokens = 0;
    for (int length : batch.target().lengths()) {
      tokens += length + 1;
    }
    return tokens;
  }
}
