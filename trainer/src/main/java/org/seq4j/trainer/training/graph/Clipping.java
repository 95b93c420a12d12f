package org.seq4j.trainer.training.graph;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.runtime.graph.ParameterGradient;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradients made smaller: first each number cut to a limit; then all of them scaled down together
 * where their norm is above a limit, which keeps their direction (Pascanu, Mikolov and Bengio 2013,
 * "On the difficulty of training recurrent neural networks", algorithm 1).
 *
 * @param gradients of the same parameters as were given
 * @param norm the norm of all of them together before anything, a scalar; not a number if one of
 *     them has a value that is none
 */
record Clipping(List<ParameterGradient> gradients, Operand<TFloat32> norm) {

  /**
   * Adds the ops.
   *
   * @param mostValue the largest size of a number; 0 for none
   * @param mostNorm the largest norm; 0 for none
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

  /** Through a minimum and a maximum, which both leave what is no number as it is. */
  private static Operand<TFloat32> cut(Ops tf, ParameterGradient gradient, double most) {
    return tf.math.maximum(
        tf.math.minimum(gradient.values(), tf.constant((float) most)), tf.constant((float) -most));
  }
}
