package org.seq4j.core.graph;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Converts between one row per source, B, and one row per hypothesis, B·K. */
public final class Shapes {
  private Shapes() {}

  /** Reshapes {@code [B, Q, D]} to {@code [B·Q, D]}. */
  public static Operand<TFloat32> flatten(Ops tf, Operand<TFloat32> x, long depth) {
    return tf.reshape(x, tf.constant(new long[] {-1, depth}));
  }

  /**
   * Reshapes {@code [B·Q, D]} to {@code [B, Q, D]}, with B and Q of {@code like}, {@code [B, Q,
   * ...]}.
   */
  public static Operand<TFloat32> unflatten(
      Ops tf, Operand<TFloat32> x, long depth, Operand<TFloat32> like) {
    Operand<TInt32> rows = size(tf, like, 0);
    Operand<TInt32> queries = size(tf, like, 1);
    return shaped(tf, x, rows, queries, depth);
  }

  /**
   * Reshapes rows of hypotheses to queries of their sources: {@code [B·K, D]} to {@code [B, K, D]}.
   *
   * @param perSource any tensor with one row per source, {@code [B, ...]}
   */
  public static Operand<TFloat32> queries(Ops tf, Operand<TFloat32> x, Operand<?> perSource) {
    return shaped(tf, x, size(tf, perSource, 0), tf.constant(-1), x.shape().get(-1));
  }

  /**
   * Repeats the row of each source for its K hypotheses: {@code [B, D]} to {@code [B·K, D]}.
   *
   * @param perHypothesis any tensor with one row per hypothesis, {@code [B·K, ...]}
   */
  public static Operand<TFloat32> repeat(
      Ops tf, Operand<TFloat32> perSource, Operand<?> perHypothesis) {
    long depth = perSource.shape().get(-1);
    Operand<TInt32> sources = size(tf, perSource, 0);
    Operand<TInt32> hypotheses = tf.math.div(size(tf, perHypothesis, 0), sources);
    Operand<TFloat32> one = tf.expandDims(perSource, tf.constant(1)); // [B, 1, D]
    Operand<TInt32> target = tf.stack(List.of(sources, hypotheses, tf.constant((int) depth)));
    return flatten(tf, tf.math.mul(one, tf.fill(target, tf.constant(1f))), depth);
  }

  /**
   * Returns zeros with a row for each source, {@code [B, depth]}: the first state of an attention
   * or a decoder.
   *
   * @param perSource any tensor with one row per source, {@code [B, ...]}
   */
  public static Operand<TFloat32> zeros(Ops tf, Operand<? extends TType> perSource, long depth) {
    return tf.fill(
        tf.stack(List.of(size(tf, perSource, 0), tf.constant((int) depth))), tf.constant(0f));
  }

  /**
   * Returns an empty state that each step can append to, such as the keys of previous positions.
   *
   * @param perSource any tensor with one row per source, {@code [B, ...]}
   * @param row shape of the state of a source, with -1 for the axis that grows
   * @return {@code [B, ...]}: the size of the growing axis is 0, and unknown to the graph
   */
  public static Operand<TFloat32> growing(Ops tf, Operand<? extends TType> perSource, long... row) {
    List<Operand<TInt32>> sizes = new ArrayList<>(List.of(size(tf, perSource, 0)));
    for (long size : row) {
      sizes.add(tf.constant((int) Math.max(size, 0)));
    }
    return tf.placeholderWithDefault( // hides the size, which is another one after each step
        tf.fill(tf.stack(sizes), tf.constant(0f)),
        Shape.of(Shape.UNKNOWN_SIZE).append(Shape.of(row)));
  }

  /** The size of an axis at run time, a scalar. */
  public static Operand<TInt32> size(Ops tf, Operand<? extends TType> x, int axis) {
    return tf.squeeze(
        tf.slice(tf.shape(x), tf.constant(new int[] {axis}), tf.constant(new int[] {1})));
  }

  private static Operand<TFloat32> shaped(
      Ops tf, Operand<TFloat32> x, Operand<TInt32> b, Operand<TInt32> q, long depth) {
    return tf.reshape(x, tf.stack(List.of(b, q, tf.constant((int) depth))));
  }
}
