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
 * The graph in which a {@link Scope} adds ops: the model's own graph, or the body of a loop, in
 * which parameters and the time step are inputs of the loop.
 */
public interface BuildContext {

  /** Returns true if the ops must be differentiable, and dropout is active. */
  boolean training();

  /** Returns the precision of products with weights. */
  default Precision precision() {
    return Precision.F32;
  }

  /** Returns the value of a parameter; creates it if it does not exist. */
  Operand<TFloat32> parameter(Ops tf, String path, Shape shape, Initializer initializer);

  /** Looks up rows of a parameter. */
  default Operand<TFloat32> lookup(
      Ops tf, String path, Shape shape, Initializer initializer, Operand<TInt32> rows) {
    return tf.gather(parameter(tf, path, shape, initializer), rows, tf.constant(0));
  }

  /** Computes a linear map of inputs {@code [N, D_i]}. */
  Operand<TFloat32> linear(Ops tf, Linear linear, List<Operand<TFloat32>> inputs);

  /**
   * Computes the products of {@code [N, D]} with all rows of a table, {@code [U, D]}.
   *
   * @return {@code [N, U]}
   */
  default Operand<TFloat32> products(Ops tf, Operand<TFloat32> x, Operand<TFloat32> table) {
    return precision().product(tf, x, precision().factor(tf, table), true);
  }

  /** Implements {@link GraphScope#preparedKernels}. */
  default List<Operand<?>> preparedKernels() {
    return List.of();
  }

  /** Returns a scalar that is unique for each training step, and for each step of a loop in it. */
  Operand<TInt64> randomPosition(Ops tf);

  /** Returns a number that is unique for each experiment, path, and use of the path in a build. */
  long randomKey(String path);
}
