package org.seq4j.core.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Where the ops of a {@link Scope} go: the model's own graph, or the body of a loop, in which
 * parameters and random seeds are values that the loop was given.
 */
interface Frame {

  /** Whether what is built must be differentiable, and drops out. */
  boolean training();

  /** The value of a parameter, which is made if it is new. */
  Operand<TFloat32> parameter(Ops tf, String path, Shape shape, Initializer initializer);

  /** The sum of products of inputs {@code [B, D_i]} with their kernels, plus a bias. */
  Operand<TFloat32> linear(Ops tf, Linear linear, List<Operand<TFloat32>> inputs);

  /** A pair of seeds, {@code [2]}, that differs for each path, use, training step and time step. */
  Operand<TInt64> randomSeed(Ops tf, String path);

  /** The number of the training step, a scalar. */
  Operand<TInt64> globalStep(Ops tf);

  /** The seed of the experiment. */
  long seed();
}
