package org.seq4j.attention;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.model.Memory;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An additive score: a layer compares a query with a key, {@code v · tanh(W q + U k)} (Bahdanau et
 * al. 2015, appendix A.1.2; with one matrix for both in Luong et al. 2015, eq. 8). Normed: {@code g
 * v / |v| · tanh(W q + U k + b)} (Raffel et al. 2017, eq. 16, without its offset).
 *
 * @param units the size of the layer
 */
record AdditiveScore(long units, boolean normed) {
  /**
   * The expected length of v by {@link Initializer#GLOROT}, and so the first g. With the {@code 1 /
   * sqrt(units)} of Raffel et al. all weights are nearly equal at first, and learning starts late.
   */
  private static final float VECTOR_LENGTH = (float) Math.sqrt(2);

  /** Creates a score with the configured size, or that of the memory if none is set. */
  static AdditiveScore of(Optional<Integer> units, Memory memory, boolean normed) {
    return new AdditiveScore(
        units.map(Integer::longValue).orElse(memory.sequence().depth()), normed);
  }

  /** Creates a score with the size of the keys. */
  static AdditiveScore of(AttentionMemory memory, boolean normed) {
    return new AdditiveScore(memory.keys().shape().get(-1), normed);
  }

  /** Creates the attention memory with {@code U k} as keys, computed once for all queries. */
  AttentionMemory prepare(Scope scope, Memory memory) {
    AttentionMemory prepared = AttentionMemory.of(scope.tf(), memory);
    return prepared.withKeys(keys(scope, prepared.values()));
  }

  /** Computes {@code U k}: {@code [B, S, D]} to {@code [B, S, units]}. */
  Operand<TFloat32> keys(Scope scope, Operand<TFloat32> memory) {
    return scope.linear("key", units, false, memory);
  }

  /**
   * Computes the scores.
   *
   * @param query {@code [B, Q, D]}
   * @param keys from {@link #keys}, {@code [B, S, units]}
   * @return {@code [B, Q, S]}
   */
  Operand<TFloat32> of(Scope scope, Operand<TFloat32> query, Operand<TFloat32> keys) {
    return of(scope, query, keys, Optional.empty());
  }

  /**
   * Computes the scores, with another summand in the layer.
   *
   * @param more the summand, {@code [B, Q, S, units]}
   */
  Operand<TFloat32> of(
      Scope scope,
      Operand<TFloat32> query,
      Operand<TFloat32> keys,
      Optional<Operand<TFloat32>> more) {
    Ops tf = scope.tf();
    Operand<TFloat32> projected = scope.linear("query", units, normed, query); // [B, Q, units]
    Operand<TFloat32> sum =
        tf.math.add(
            tf.expandDims(projected, tf.constant(2)),
            tf.expandDims(keys, tf.constant(1))); // [B, Q, S, units]
    Operand<TFloat32> layer = tf.math.tanh(more.isPresent() ? tf.math.add(sum, more.get()) : sum);
    // Not through linear, which in a loop would store each step's layer for the gradient of v.
    Operand<TFloat32> scores =
        tf.linalg.matMul(Shapes.flatten(tf, layer, units), vector(scope)); // [B·Q·S, 1]
    return tf.reshape(
        scores,
        tf.stack(
            List.of(
                Shapes.size(tf, query, 0), Shapes.size(tf, query, 1), Shapes.size(tf, keys, 1))));
  }

  /** Returns {@code v}, {@code [units, 1]}. */
  private Operand<TFloat32> vector(Scope scope) {
    Ops tf = scope.tf();
    Operand<TFloat32> v = scope.parameter("v", Shape.of(units, 1), Initializer.GLOROT);
    if (!normed) {
      return v;
    }
    Operand<TFloat32> g = scope.parameter("g", Shape.of(1), Initializer.constant(VECTOR_LENGTH));
    Operand<TFloat32> length =
        tf.math.sqrt(tf.reduceSum(tf.math.square(v), tf.constant(new int[] {0, 1})));
    return tf.math.mul(v, tf.math.div(g, length));
  }
}
