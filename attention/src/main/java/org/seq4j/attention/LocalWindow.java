package org.seq4j.attention;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.Memory;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The window of the source around a middle position (Luong et al. 2015, section 3.2).
 *
 * @param score compares a query with the positions
 * @param size number of positions on each side of the middle
 * @param normalizer turns scores into weights
 */
record LocalWindow(LuongScore score, int size, Normalizer normalizer) {
  static final String LENGTH = "length";

  /** Computes the tensors of the score, and the lengths of the sources, {@code [B]}. */
  NamedTensors prepare(Scope scope, Memory memory, long queryDepth, String name) {
    Operand<TFloat32> lengths =
        scope.tf().dtypes.cast(memory.sequence().lengths(), TFloat32.class); // [B]
    return score.prepare(scope, memory, queryDepth, name).with(LENGTH, lengths);
  }

  /**
   * Computes the weights within the window.
   *
   * @param distance distance from the middle, {@code [B, Q or 1, S]}
   * @return {@code [B, Q, S]}
   */
  Operand<TFloat32> weights(
      Ops tf, NamedTensors prepared, Operand<TFloat32> scores, Operand<TFloat32> distance) {
    Operand<TBool> near =
        tf.math.logicalAnd(
            tf.expandDims(AttentionMemory.of(prepared).real(), tf.constant(1)),
            tf.math.lessEqual(distance, tf.constant((float) size)));
    return normalizer.weightsWithin(tf, scores, near);
  }

  /**
   * Computes the distance of each position from a middle.
   *
   * @param scores {@code [B, Q, S]}
   * @param middle {@code [B, Q or 1, 1]}
   */
  static Operand<TFloat32> distance(Ops tf, Operand<TFloat32> scores, Operand<TFloat32> middle) {
    Operand<TFloat32> positions = // [S]
        tf.dtypes.cast(
            tf.range(tf.constant(0), Shapes.size(tf, scores, 2), tf.constant(1)), TFloat32.class);
    return tf.math.abs(tf.math.sub(positions, middle)); // [B, Q or 1, S]
  }

  /** Reshapes {@code [B]} to {@code [B, 1, 1]}. */
  static Operand<TFloat32> perSource(Ops tf, Operand<TFloat32> x) {
    return tf.expandDims(tf.expandDims(x, tf.constant(1)), tf.constant(2));
  }
}
