package org.seq4j.trainer.data.batch;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.data.Alignment;
import org.seq4j.runtime.model.batch.PaddedBatch;

/** A batch of encoded pairs. Sequences have no begin or end tokens. */
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

  /** Creates a batch of the pairs at the given indices, in that order. */
  static Batch of(List<EncodedPair> pairs, int[] indices) {
    return new Batch(
        indices,
        PaddedBatch.of(Arrays.stream(indices).mapToObj(i -> pairs.get(i).source()).toList()),
        PaddedBatch.of(Arrays.stream(indices).mapToObj(i -> pairs.get(i).target()).toList()),
        Arrays.stream(indices).mapToObj(i -> pairs.get(i).alignment()).toList());
  }

  /**
   * Returns a part of this batch. All parts together hold every pair once.
   *
   * @param part the index of the part, from 0
   * @param parts the number of parts, at most the number of pairs
   */
  public Batch part(int part, int parts) {
    int[] rows = IntStream.iterate(part, row -> row < indices.length, row -> row + parts).toArray();
    return new Batch(
        Arrays.stream(rows).map(row -> indices[row]).toArray(),
        source.part(part, parts),
        target.part(part, parts),
        Arrays.stream(rows).mapToObj(alignments::get).toList());
  }

  /** Returns the indices of the pairs in the list that the batches were built from. */
  public int[] indices() {
    return indices.clone();
  }

  /** Returns the padded sources. */
  public PaddedBatch source() {
    return source;
  }

  /** Returns the padded targets. */
  public PaddedBatch target() {
    return target;
  }

  /** Returns the alignment of each pair; empty where it has none. */
  public List<Optional<Alignment>> alignments() {
    return alignments;
  }
}
