package org.seq4j.runtime.model.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seq4j.core.text.FeatureSequence;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A batch of sequences of one kind, padded with 0 on the right. */
public final class PaddedBatch {
  private final List<? extends SequenceData> rows;
  private final int width;
  private final int[] ids; // of tokens
  private final float[] values; // of vectors
  private final int depth; // of a vector, or 0 for tokens
  private final int[] lengths;

  private PaddedBatch(List<? extends SequenceData> rows) {
    this.rows = List.copyOf(rows);
    lengths = rows.stream().mapToInt(SequenceData::length).toArray();
    // At least one column: a batch of empty sequences needs no special case.
    width = Math.max(1, Arrays.stream(lengths).max().orElse(0));
    depth = !rows.isEmpty() && rows.get(0) instanceof FeatureSequence frames ? frames.depth() : 0;
    ids = new int[depth > 0 ? 0 : Math.multiplyExact(rows.size(), width)];
    values = new float[Math.multiplyExact(Math.multiplyExact(rows.size(), width), depth)];
    for (int row = 0; row < rows.size(); row++) {
      SequenceData sequence = rows.get(row);
      if (sequence instanceof TokenIds tokens && depth == 0) {
        System.arraycopy(tokens.ids(), 0, ids, row * width, lengths[row]);
      } else if (sequence instanceof FeatureSequence frames && frames.depth() == depth) {
        frames.copyTo(values, row * width * depth);
      } else {
        throw new IllegalArgumentException("a batch must not mix tokens and vectors");
      }
    }
  }

  /** Creates a batch from sequences. */
  public static PaddedBatch of(List<? extends SequenceData> rows) {
    return new PaddedBatch(rows);
  }

  /**
   * Returns one of several sub-batches: every {@code parts}th sequence, so that each has long and
   * short ones even if the batch is sorted.
   *
   * @param part index of the sub-batch, from 0; it is empty if there are fewer sequences
   */
  public PaddedBatch part(int part, int parts) {
    List<SequenceData> some = new ArrayList<>();
    for (int row = part; row < rows.size(); row += parts) {
      some.add(rows.get(row));
    }
    return of(some);
  }

  /** The sequences, without padding. */
  public List<? extends SequenceData> sequences() {
    return rows;
  }

  /** The number of sequences. */
  public int rows() {
    return lengths.length;
  }

  /** The length of the longest sequence, at least 1. */
  public int width() {
    return width;
  }

  /**
   * The token ids in row-major order: id t of sequence b is at {@code b * width + t}. Must not be
   * modified.
   */
  public int[] ids() {
    return ids;
  }

  /** The length of each sequence, without padding. Must not be modified. */
  public int[] lengths() {
    return lengths;
  }

  /**
   * Creates a tensor of ids, {@code [B, T]}, or of vectors, {@code [B, T, D]}; the caller closes
   * it.
   */
  Tensor valuesTensor() {
    return depth == 0
        ? TInt32.tensorOf(Shape.of(rows(), width), DataBuffers.of(ids))
        : TFloat32.tensorOf(Shape.of(rows(), width, depth), DataBuffers.of(values));
  }

  /** Creates a tensor of extended ids, {@code [B, T]}; the caller closes it. */
  TInt32 copiesTensor() {
    int[] copies = new int[ids.length];
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row) instanceof TokenIds tokens) {
        System.arraycopy(tokens.copies(), 0, copies, row * width, lengths[row]);
      }
    }
    return TInt32.tensorOf(Shape.of(rows(), width), DataBuffers.of(copies));
  }

  /** Creates a tensor of lengths, {@code [B]}; the caller closes it. */
  TInt32 lengthsTensor() {
    return ints(lengths);
  }

  /** Creates a tensor of one axis; the caller closes it. */
  public static TInt32 ints(int... values) {
    return TInt32.tensorOf(Shape.of(values.length), DataBuffers.of(values));
  }
}
