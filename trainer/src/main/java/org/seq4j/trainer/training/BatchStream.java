package org.seq4j.trainer.training;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.seq4j.trainer.data.Batches;
import org.seq4j.trainer.data.Batching;
import org.seq4j.trainer.data.EncodedPair;

/**
 * The batches of all epochs, one after another, from any place on. Without end: whoever uses it
 * knows how many epochs there are to be.
 */
final class BatchStream implements Iterator<TrainingBatch> {
  private final Batching batching;
  private final List<EncodedPair> pairs;
  private final long seed;
  private int epoch;
  private int next;
  private Batches batches;

  /** Begins where a state stands. */
  BatchStream(Batching batching, List<EncodedPair> pairs, TrainingState state) {
    this.batching = batching;
    this.pairs = pairs;
    this.seed = state.seed();
    this.epoch = state.epochs();
    this.next = state.batch();
    this.batches = batching.epoch(pairs, seed, epoch);
  }

  /** How many batches the epoch at hand has. */
  int batchesInEpoch() {
    return batches.size();
  }

  @Override
  public boolean hasNext() {
    return true;
  }

  @Override
  public TrainingBatch next() {
    if (next == batches.size()) {
      epoch++;
      next = 0;
      batches = batching.epoch(pairs, seed, epoch);
    }
    if (next > batches.size()) { // a checkpoint of other data
      throw new NoSuchElementException("epoch " + epoch + " has no batch " + next);
    }
    TrainingBatch batch = new TrainingBatch(batches.get(next), next, batches.size());
    next++;
    return batch;
  }
}
