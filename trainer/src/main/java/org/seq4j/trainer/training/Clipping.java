package org.seq4j.trainer.training;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradients scaled down together where their norm is above a limit, which keeps their direction:
 * Pascanu, Mikolov and Bengio 2013, "On the difficulty of training recurrent neural networks",
 * algorithm 1.
 *
 * @param gradients as many as were given, of the same shapes
 * @param norm the norm of all of them together before, a scalar; not a number if one of them has a
 *     value that is none
 */
record Clipping(List<Operand<TFloat32>> gradients, Operand<TFloat32> norm) {

  /**
   * Adds the ops.
   *
   * @param limit the largest norm; 0 for none
   */
  static Clipping of(Ops tf, List<Operand<TFloat32>> gradients, double limit) {
    List<Operand<TFloat32>> squares = new ArrayList<>();
    for (Operand<TFloat32> gradient : gradients) {
      squares.add(tf.nn.l2Loss(gradient)); // half of the sum of squares
    }
    Operand<TFloat32> norm = tf.math.sqrt(tf.math.mul(tf.constant(2f), tf.math.addN(squares)));
    if (limit == 0) {
      return new Clipping(gradients, norm);
    }
    Operand<TFloat32> most = tf.constant((float) limit);
    Operand<TFloat32> factor = tf.math.div(most, tf.math.maximum(norm, most)); // at most 1
    List<Operand<TFloat32>> clipped = new ArrayList<>();
    for (Operand<TFloat32> gradient : gradients) {
      clipped.add(tf.math.mul(gradient, factor));
    }
    return new Clipping(clipped, norm);
  }
}
