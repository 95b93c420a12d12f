package org.seq4j.core.model;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A batch of sequences of vectors, padded to one length.
 *
 * @param values {@code [B, T, D]}; D is known when the graph is built, B and T are not. Values
 *     beyond a sequence's length are padding and may be anything, even NaN
 * @param lengths number of real positions of each sequence, {@code [B]}; masks are made from them
 */
public record Sequence(Operand<TFloat32> values, Operand<TInt32> lengths) {

  /**
   * Checks the parts.
   *
   * @throws IllegalStateException if one is null, or the values have another number of axes
   */
  public Sequence {
    Returned.ofRank("the values of a sequence", values, "[B, T, D]");
    Returned.present("the lengths of a sequence", lengths);
  }

  /** D, the size of a vector. */
  public long depth() {
    return values.shape().get(-1);
  }
}
