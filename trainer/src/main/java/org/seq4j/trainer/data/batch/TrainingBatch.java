package org.seq4j.trainer.data.batch;

/**
 * A batch and its place.
 *
 * @param batch the pairs
 * @param endsEpoch whether it is the last one of its epoch
 */
public record TrainingBatch(Batch batch, boolean endsEpoch) {

  /** How many target tokens it has, ends included. */
  public long tokens() {
    long tokens = 0;
    for (int length : batch.target().lengths()) {
      tokens += length + 1;
    }
    return tokens;
  }
}
