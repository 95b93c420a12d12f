package org.seq4j.trainer.training;

import org.seq4j.trainer.data.Batch;

/**
 * A batch and its place.
 *
 * @param batch the pairs
 * @param endsEpoch whether it is the last one of its epoch
 */
record TrainingBatch(Batch batch, boolean endsEpoch) {

  /** How many target symbols it has, ends included. */
  long tokens() {
    long tokens = 0;
    for (int length : batch.target().lengths()) {
      tokens += length + 1;
    }
    return tokens;
  }
}
