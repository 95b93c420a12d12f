package org.seq4j.core.model;

import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TInt32;

/** Makes tensors of sequences of ids. The caller closes them. */
public final class Padding {
  private Padding() {}

  /** The ids, {@code [B, T]}, zero beyond each length; T is at least 1. */
  public static TInt32 ids(List<int[]> sequences) {
    int longest = Math.max(1, sequences.stream().mapToInt(ids -> ids.length).max().orElse(1));
    int[] flat = new int[sequences.size() * longest];
    for (int i = 0; i < sequences.size(); i++) {
      System.arraycopy(sequences.get(i), 0, flat, i * longest, sequences.get(i).length);
    }
    return TInt32.tensorOf(Shape.of(sequences.size(), longest), DataBuffers.of(flat));
  }

  /** How long each is, {@code [B]}. */
  public static TInt32 lengths(List<int[]> sequences) {
    return vector(sequences.stream().mapToInt(ids -> ids.length).toArray());
  }

  /** A tensor of rank 1. */
  static TInt32 vector(int... values) {
    return TInt32.tensorOf(Shape.of(values.length), DataBuffers.of(values));
  }
}
