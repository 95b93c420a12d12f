package org.seq4j.rnn;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Parts of what one product gives for several gates. */
final class Columns {
  private Columns() {}

  /** Cuts a matrix {@code [B, sum of sizes]} into {@code [B, size]} each. */
  static List<Output<TFloat32>> split(Ops tf, Operand<TFloat32> x, long... sizes) {
    return tf.splitV(x, tf.constant(sizes), tf.constant(1), (long) sizes.length).output();
  }
}
