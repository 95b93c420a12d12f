package org.seq4j.core.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Masks of padded sequences, computed from their lengths. A real position is not padding. */
public final class Masks {
  private Masks() {}

  /**
   * Computes the mask of real positions.
   *
   * @param lengths {@code [B]}
   * @param size T, a scalar
   * @return {@code [B, T]}: true at positions below the length
   */
  public static Operand<TBool> real(Ops tf, Operand<TInt32> lengths, Operand<TInt32> size) {
    Operand<TInt32> positions = tf.range(tf.constant(0), size, tf.constant(1)); // [T]
    return tf.math.less(positions, tf.expandDims(lengths, tf.constant(1))); // [B, T]
  }

  /**
   * Replaces padding by exact zeros, also where it is NaN or infinite.
   *
   * @param values {@code [B, T, D]}
   * @param lengths {@code [B]}
   */
  public static Operand<TFloat32> zeroPadding(
      Ops tf, Operand<TFloat32> values, Operand<TInt32> lengths) {
    Operand<TBool> real = real(tf, lengths, Shapes.size(tf, values, 1)); // [B, T]
    return tf.select(tf.expandDims(real, tf.constant(2)), values, tf.constant(0f));
  }

  /**
   * Computes the softmax over the last axis; padding gets exactly 0. A row of padding only is all
   * 0.
   *
   * @param scores {@code [B, Q, S]}
   * @param real {@code [B, S]}
   */
  public static Operand<TFloat32> softmax(Ops tf, Operand<TFloat32> scores, Operand<TBool> real) {
    Operand<TBool> mask = tf.expandDims(real, tf.constant(1)); // [B, 1, S]
    Operand<TFloat32> weights = tf.nn.softmax(tf.select(mask, scores, tf.constant(-1e9f)));
    return tf.select(mask, weights, tf.constant(0f)); // 1 / S if all positions are padding
  }

  /**
   * Computes the mean over real positions; zeros for an empty sequence.
   *
   * @param values {@code [B, T, D]}, zero beyond each length
   * @param lengths {@code [B]}
   * @return {@code [B, D]}
   */
  public static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> values, Operand<TInt32> lengths) {
    Operand<TFloat32> count =
        tf.dtypes.cast(tf.math.maximum(lengths, tf.constant(1)), TFloat32.class); // [B]
    return tf.math.div(tf.reduceSum(values, tf.constant(1)), tf.expandDims(count, tf.constant(1)));
  }
}
