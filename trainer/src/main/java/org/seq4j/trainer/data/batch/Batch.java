package org.seq4j.trainer.data.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.data.Alignment;
import org.seq4j.runtime.model.batch.PaddedBatch;

/** Pairs that go through the model together. No sequence has a begin or an end token. */
public final class Batch {
  private final int[] indices;
  private final PaddedBatch source;
  private final PaddedBatch target;
  private final List<Optional<Alignment>> alignments;

  private Batch(
      int[] indices, PaddedBatch source, PaddedBatch target, List<Optional<Alignment>> alignments) {
    this.indices = indices;
    this.source = source;
    this.target = target;
    this.alignments = alignments;
  }

  /** The pairs with the given indices, in their order. */
  static Batch of(List<EncodedPair> pairs, int[] indices) {
    return new Batch(
        indices,
        PaddedBatch.of(Arrays.stream(indices).mapToObj(i -> pairs.get(i).source()).toList()),
        PaddedBatch.of(Arrays.stream(indices).mapToObj(i -> pairs.get(i).target()).toList()),
        Arrays.stream(indices).mapToObj(i -> pairs.get(i).alignment()).toList());
  }

  /**
   * One of several parts that have all pairs together.
   *
   * @param part which, from 0
   * @param parts how many, at most as many as there are pairs
   */
  public Batch part(int part, int parts) {
    int[] rows = IntStream.iterate(part, row -> row < indices.length, row -> row + parts).toArray();
    return new Batch(
        Arrays.stream(rows).map(row -> indices[row]).toArray(),
        source.part(part, parts),
        target.part(part, parts),
        Arrays.stream(rows).mapToObj(alignments::get).toList());
  }

  /** Which pairs these are, by their number in the list that the batches were cut from. */
  public int[] indices() {
    return indices.clone();
  }

  /** The sources. */
  public PaddedBatch source() {
    return source;
  }

  /** The targets. */
  public PaddedBatch target() {
    return target;
  }

  /** The alignment of each pair, where there is one. */
  public List<Optional<Alignment>> alignments() {
    return alignments;
  }
}
