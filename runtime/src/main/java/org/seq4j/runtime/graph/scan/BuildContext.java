package org.seq4j.runtime.graph.scan;

import java.util.List;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Where the ops of a {@link Scope} go: the model's own graph, or the body of a loop, in which
 * parameters and the place in time are values that the loop was given.
 */
public interface BuildContext {

  /** Whether what is built must be differentiable, and drops out. */
  boolean training();

  /** The value of a parameter, which is made if it is new. */
  Operand<TFloat32> parameter(Ops tf, String path, Shape shape, Initializer initializer);

  /** Shapes of a parameter. */
  default Operand<TFloat32> lookup(
      Ops tf, String path, Shape shape, Initializer initializer, Operand<TInt32> rows) {
    return tf.gather(parameter(tf, path, shape, initializer), rows, tf.constant(0));
  }

  /** A linear map of inputs {@code [N, D_i]}. */
  Operand<TFloat32> linear(Ops tf, Linear linear, List<Operand<TFloat32>> inputs);

  /**
   * Products of {@code [N, D]} with all rows of a table, {@code [U, D]}.
   *
   * @return {@code [N, U]}
   */
  default Operand<TFloat32> products(Ops tf, Operand<TFloat32> x, Operand<TFloat32> table) {
    return Precision.F32.product(tf, x, table, true);
  }

  /** See {@link GraphScope#preparedKernels}. */
  default List<Operand<?>> preparedKernels() {
    return List.of();
  }

  /** A number, a scalar, that differs for each training step, and each step of a loop in it. */
  Operand<TInt64> randomPosition(Ops tf);

  /** A number that differs for each experiment, path, and use of it in one build. */
  long randomKey(String path);
}
