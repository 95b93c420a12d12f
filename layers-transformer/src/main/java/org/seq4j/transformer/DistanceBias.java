package org.seq4j.transformer;

import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A learned number for each head and range of distances, added to the scores of all layers (Raffel
 * et al. 2020, section 2.1). Small distances have a range of their own; the others share ranges
 * that grow with the logarithm of the distance.
 *
 * @param maxDistance the distance from which on all share the last range
 * @param units size of a layer, from which the initial values follow as in T5
 * @param causal whether no key is later than its query
 */
record DistanceBias(int maxDistance, int heads, int units, boolean causal) {

  /** The largest distance of T5. */
  static final int MAX_DISTANCE = 128;

  private static final int RANGES = 32; // as in T5, for both directions together

  /**
   * Returns the range of a distance.
   *
   * @param offset position of the key minus position of the query
   */
  int range(int offset) {
    int ranges = causal ? RANGES : RANGES / 2;
    int first = !causal && offset > 0 ? ranges : 0;
    int distance = causal ? Math.max(-offset, 0) : Math.abs(offset);
    int exact = ranges / 2;
    if (distance < exact) {
      return first + distance;
    }
    double share = Math.log(distance / (double) exact) / Math.log(maxDistance / (double) exact);
    return first + Math.min(exact + (int) (share * (ranges - exact)), ranges - 1);
  }

  /** Returns the ranges of all offsets from {@code -maxDistance} to {@code maxDistance}. */
  private int[] ranges() {
    int[] ranges = new int[2 * maxDistance + 1];
    for (int i = 0; i < ranges.length; i++) {
      ranges[i] = range(i - maxDistance);
    }
    return ranges;
  }

  /**
   * Returns the numbers, {@code [1, H, Q, S]}.
   *
   * @param queries positions of the queries, {@code [Q]}
   * @param keys positions of the keys, {@code [S]}
   */
  Operand<TFloat32> of(Scope scope, Operand<TInt32> queries, Operand<TInt32> keys) {
    Ops tf = scope.tf();
    Operand<TInt32> max = tf.constant(maxDistance);
    Operand<TInt32> offsets = // [Q, S]
        tf.math.sub(tf.expandDims(keys, tf.constant(0)), tf.expandDims(queries, tf.constant(1)));
    Operand<TInt32> index =
        tf.math.add(tf.math.minimum(tf.math.maximum(offsets, tf.math.neg(max)), max), max);
    Operand<TFloat32> numbers = // [Q, S, H]
        scope.lookup(
            "distance",
            Shape.of(RANGES, heads),
            Initializer.normal(1 / Math.sqrt((double) units)),
            tf.gather(tf.constant(ranges()), index, tf.constant(0)));
    return tf.expandDims(
        tf.linalg.transpose(numbers, tf.constant(new int[] {2, 0, 1})), tf.constant(0));
  }
}
