package org.seq4j.trainer.training;

import org.seq4j.trainer.data.Batch;

/**
 * A batch and its place.
 *
 * @param batch the pairs
 * @param index its number in the epoch, from 0
 * @param count how many batches the epoch has
 */
record TrainingBatch(Batch batch, int index, int count) {

  boolean endsEpoch() {
    return index == count - 1;
  }

  /** How many target symbols it has, ends included. */
  long tokens() {
    long tokens = 0;
    for (int length : batch.target().lengths()) {
      tokens += length + 1;
    }
    return tokens;
  }
}
