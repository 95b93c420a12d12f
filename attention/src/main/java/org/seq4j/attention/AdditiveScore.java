package org.seq4j.attention;

import java.util.List;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Rows;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Compares a query with a key by a layer over both: {@code v · tanh(W q + U k)} (Bahdanau et al.
 * 2015, appendix A.1.2; as one matrix over both in Luong et al. 2015, eq. 8).
 *
 * @param units the size of the layer
 */
record AdditiveScore(long units) {

  /** {@code U k}, once for all queries: {@code [B, S, D]} to {@code [B, S, units]}. */
  Operand<TFloat32> keys(Scope scope, Operand<TFloat32> memory) {
    return scope.linear("key", units, false, memory);
  }

  /**
   * The scores.
   *
   * @param query {@code [B, Q, D]}
   * @param keys from {@link #keys}, {@code [B, S, units]}
   * @return {@code [B, Q, S]}
   */
  Operand<TFloat32> of(Scope scope, Operand<TFloat32> query, Operand<TFloat32> keys) {
    Ops tf = scope.tf();
    Operand<TFloat32> projected = scope.linear("query", units, false, query); // [B, Q, units]
    Operand<TFloat32> layer =
        tf.math.tanh(
            tf.math.add(
                tf.expandDims(projected, tf.constant(2)),
                tf.expandDims(keys, tf.constant(1)))); // [B, Q, S, units]
    // Not by linear, which in a loop would keep each step's layer for the gradient of v.
    Operand<TFloat32> v = scope.parameter("v", Shape.of(units, 1), Initializer.GLOROT);
    Operand<TFloat32> scores = tf.linalg.matMul(Rows.flatten(tf, layer, units), v); // [B·Q·S, 1]
    return tf.reshape(
        scores,
        tf.stack(
            List.of(Rows.size(tf, query, 0), Rows.size(tf, query, 1), Rows.size(tf, keys, 1))));
  }
}
