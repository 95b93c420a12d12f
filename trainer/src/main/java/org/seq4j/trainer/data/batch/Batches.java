package org.seq4j.trainer.data.batch;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The batches of one pass over the data, in order. Each can be created without its predecessors, so
 * training can resume exactly at batch i.
 */
public final class Batches implements Iterable<Batch> {
  private final List<EncodedPair> pairs;
  private final List<int[]> indices;

  Batches(List<EncodedPair> pairs, List<int[]> indices) {
    this.pairs = pairs;
    this.indices = List.copyOf(indices);
  }

  /** Returns the number of batches. */
  public int size() {
    return indices.size();
  }

  /** Returns a batch by its index, from 0. */
  public Batch get(int index) {
    return Batch.of(pairs, indices.get(index));
  }

  @Override
  public Iterator<Batch> iterator() {
    return IntStream.range(0, size()).mapToObj(this::get).iterator();
  }
}
