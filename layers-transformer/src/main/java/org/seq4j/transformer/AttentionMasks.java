package org.seq4j.transformer;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Terms of scores: 0 where a query may attend to a key, and so low elsewhere that weights are 0.
 */
final class AttentionMasks {
  private static final float NEVER = -1e9f;

  private AttentionMasks() {}

  /**
   * Returns the mask of padding, {@code [B, 1, 1, S]}.
   *
   * @param real {@code [B, S]}
   */
  static Operand<TFloat32> padding(Ops tf, Operand<TBool> real) {
    return tf.expandDims(tf.expandDims(term(tf, real), tf.constant(1)), tf.constant(1));
  }

  /**
   * Returns the mask of later positions, {@code [1, 1, T, T]}.
   *
   * @param positions {@code [T]}
   */
  static Operand<TFloat32> causal(Ops tf, Operand<TInt32> positions) {
    Operand<TBool> past =
        tf.math.lessEqual(
            tf.expandDims(positions, tf.constant(0)), tf.expandDims(positions, tf.constant(1)));
    return tf.expandDims(tf.expandDims(term(tf, past), tf.constant(0)), tf.constant(0));
  }

  private static Operand<TFloat32> term(Ops tf, Operand<TBool> allowed) {
    return tf.select(allowed, tf.constant(0f), tf.constant(NEVER));
  }
}
