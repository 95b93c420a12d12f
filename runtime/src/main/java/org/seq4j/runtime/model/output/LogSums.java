package org.seq4j.runtime.model.output;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;

/** Sums of probabilities, of which the logarithms are given and returned. */
final class LogSums {
  /**
   * The logarithm of 0. Sums of many of them are still finite, and differ from every logarithm of a
   * probability by so much that their exponential is exactly 0.
   */
  static final float NEVER = -1e9f;

  private LogSums() {}

  /** Sums over an axis, which the result lacks. */
  static Operand<TFloat32> of(Ops tf, Operand<TFloat32> logarithms, int axis) {
    Operand<TFloat32> most = // its gradient would be 0
        tf.stopGradient(tf.reduceMax(logarithms, tf.constant(axis), ReduceMax.keepDims(true)));
    Operand<TFloat32> sum =
        tf.reduceSum(tf.math.exp(tf.math.sub(logarithms, most)), tf.constant(axis));
    return tf.math.add(tf.math.log(sum), tf.squeeze(most, squeezed(axis)));
  }

  /** Divides the rows of {@code [N, S]} by their sums. */
  static Operand<TFloat32> normalized(Ops tf, Operand<TFloat32> logarithms) {
    return tf.nn.logSoftmax(logarithms); // rank 2, for which TensorFlow's gradient is correct
  }

  private static Squeeze.Options squeezed(int axis) {
    return Squeeze.axis(List.of((long) axis));
  }
}
