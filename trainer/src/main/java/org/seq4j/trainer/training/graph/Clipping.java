package org.seq4j.trainer.training.graph;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.runtime.graph.ParameterGradient;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradient clipping: first clips each value, then scales all gradients down if their global norm
 * exceeds a limit, which keeps their direction (Pascanu, Mikolov and Bengio 2013, "On the
 * difficulty of training recurrent neural networks", algorithm 1).
 *
 * @param gradients the clipped gradients of the given parameters
 * @param norm the global norm before clipping, a scalar; NaN or infinite if any gradient has such a
 *     value
 */
record Clipping(List<ParameterGradient> gradients, Operand<TFloat32> norm) {

  /**
   * Adds the ops to the graph.
   *
   * @param mostValue the max absolute value; 0 for no limit
   * @param mostNorm the max global norm; 0 for no limit
   */
  static Clipping of(Ops tf, List<ParameterGradient> gradients, double mostValue, double mostNorm) {
    Operand<TFloat32> given = norm(tf, gradients);
    if (mostValue == 0) {
      return scaled(tf, gradients, given, given, mostNorm);
    }
    List<ParameterGradient> cut =
        gradients.stream().map(each -> each.withValues(cut(tf, each, mostValue))).toList();
    return scaled(tf, cut, norm(tf, cut), given, mostNorm);
  }

  private static Operand<TFloat32> norm(Ops tf, List<ParameterGradient> gradients) {
    List<Operand<TFloat32>> squares = new ArrayList<>();
    for (ParameterGradient gradient : gradients) {
      squares.add(tf.nn.l2Loss(gradient.values())); // half of the sum of squares
    }
    return tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(squares)));
  }

  private static Clipping scaled(
      Ops tf,
      List<ParameterGradient> cut,
      Operand<TFloat32> norm,
      Operand<TFloat32> given,
      double mostNorm) {
    if (mostNorm == 0) {
      return new Clipping(cut, given);
    }
    Operand<TFloat32> most = tf.constant((float) mostNorm);
    Operand<TFloat32> factor = tf.math.div(most, tf.math.maximum(norm, most)); // at most 1
    return new Clipping(
        cut.stream().map(each -> each.withValues(tf.math.mul(each.values(), factor))).toList(),
        given);
  }

  /** Clips by a minimum and a maximum, which both propagate NaN. */
  private static Operand<TFloat32> cut(Ops tf, ParameterGradient gradient, double most) {
    return tf.math.maximum(
        tf.math.minimum(gradient.values(), tf.constant((float) most)), tf.constant((float) -most));
  }
}
