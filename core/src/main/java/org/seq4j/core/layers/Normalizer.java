package org.seq4j.core.layers;

import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Turns attention scores into weights. */
public enum Normalizer {
  /** Softmax: every position gets a positive weight. */
  SOFTMAX,
  /**
   * Euclidean projection onto the probability simplex: many weights are exactly 0 (Martins and
   * Astudillo 2016).
   */
  SPARSEMAX;

  /**
   * Computes weights that sum to 1 and are exactly 0 on padding. A row of padding only is all 0.
   *
   * @param scores {@code [B, Q, S]}
   * @param real true where a position is not padding, {@code [B, S]}
   * @return {@code [B, Q, S]}
   */
  public Operand<TFloat32> weights(Ops tf, Operand<TFloat32> scores, Operand<TBool> real) {
    return this == SOFTMAX
        ? Masks.softmax(tf, scores, real)
        : sparsemax(tf, scores, tf.expandDims(real, tf.constant(1)));
  }

  /**
   * Computes weights like {@link #weights}, with a mask that may depend on the query.
   *
   * @param scores {@code [B, Q, S]}
   * @param within true where a query may attend to a position, {@code [B, Q, S]} or {@code [B, 1,
   *     S]}
   * @return {@code [B, Q, S]}
   */
  public Operand<TFloat32> weightsWithin(Ops tf, Operand<TFloat32> scores, Operand<TBool> within) {
    if (this == SPARSEMAX) {
      return sparsemax(tf, scores, within);
    }
    Operand<TFloat32> weights = tf.nn.softmax(tf.select(within, scores, tf.constant(-1e9f)));
    return tf.select(within, weights, tf.constant(0f));
  }

  /** Computes sparsemax (Martins and Astudillo 2016, algorithm 1). */
  private static Operand<TFloat32> sparsemax(
      Ops tf, Operand<TFloat32> scores, Operand<TBool> mask) {
    Operand<TFloat32> masked = tf.select(mask, scores, tf.constant(-1e9f));
    Operand<TInt32> size = Shapes.size(tf, masked, 2);
    // The support is found without gradients; within it, weights are linear in the scores.
    Operand<TFloat32> sorted =
        tf.nn.topK(tf.stopGradient(masked), size, new TopK.Options[0]).values(); // [B, Q, S]
    Operand<TFloat32> sums = tf.math.cumsum(sorted, tf.constant(2), new Cumsum.Options[0]);
    Operand<TFloat32> ranks = // [S], from 1
        tf.dtypes.cast(
            tf.range(tf.constant(1), tf.math.add(size, tf.constant(1)), tf.constant(1)),
            TFloat32.class);
    Operand<TBool> supported =
        tf.math.greater(tf.math.add(tf.constant(1f), tf.math.mul(ranks, sorted)), sums);
    Operand<TFloat32> count = sum(tf, floats(tf, supported)); // [B, Q, 1]
    Operand<TFloat32> sum = sum(tf, tf.select(supported, sorted, tf.constant(0f)));
    Operand<TFloat32> bound = threshold(tf, sum, count);
    Operand<TBool> support =
        tf.math.logicalAnd(mask, tf.math.greater(tf.stopGradient(masked), bound)); // [B, Q, S]
    Operand<TFloat32> within = tf.select(support, masked, tf.constant(0f));
    Operand<TFloat32> threshold = threshold(tf, sum(tf, within), sum(tf, floats(tf, support)));
    return tf.select(support, tf.math.sub(masked, threshold), tf.constant(0f));
  }

  private static Operand<TFloat32> threshold(
      Ops tf, Operand<TFloat32> sum, Operand<TFloat32> count) {
    return tf.math.div(tf.math.sub(sum, tf.constant(1f)), tf.math.maximum(count, tf.constant(1f)));
  }

  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> x) {
    return tf.reduceSum(x, tf.constant(2), ReduceSum.keepDims(true));
  }

  private static Operand<TFloat32> floats(Ops tf, Operand<TBool> x) {
    return tf.dtypes.cast(x, TFloat32.class);
  }
}
