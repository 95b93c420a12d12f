package org.seq4j.core.model;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A batch of sequences of vectors, padded to one length.
 *
 * @param values {@code [B, T, D]}; D is known when the graph is built, B and T are not. What stands
 *     beyond a sequence's length means nothing
 * @param lengths {@code [B]}: how many of the T are real; the only source of masks
 */
public record Sequence(Operand<TFloat32> values, Operand<TInt32> lengths) {

  /** D, the size of a vector. */
  public long depth() {
    return values.shape().get(-1);
  }
}
