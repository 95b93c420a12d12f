package org.seq4j.rnn;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Splitting and joining of matrices along their columns: inputs of one product, outputs for several
 * gates.
 */
final class Columns {
  private Columns() {}

  /** Splits a matrix {@code [B, sum of sizes]} into matrices {@code [B, size]}. */
  static List<Output<TFloat32>> split(Ops tf, Operand<TFloat32> x, long... sizes) {
    return tf.splitV(x, tf.constant(sizes), tf.constant(1), (long) sizes.length).output();
  }

  /** Returns the inputs with another one appended. */
  static List<Operand<TFloat32>> beside(List<Operand<TFloat32>> inputs, Operand<TFloat32> last) {
    List<Operand<TFloat32>> all = new ArrayList<>(inputs);
    all.add(last);
    return all;
  }
}
