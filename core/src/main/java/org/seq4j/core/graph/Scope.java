package org.seq4j.core.graph;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A named scope of a graph, in which a component adds its ops and creates its parameters.
 *
 * <p>The same component is built several times: for training, for inference, and in the bodies of
 * loops, forward and backward. Parameters are identified by dotted path, so a component must ask
 * for the same ones each time. It must not keep a scope or an operand in a field.
 */
public interface Scope {

  /** The TensorFlow ops of the graph. */
  Ops tf();

  /**
   * Returns true if the graph is built for training: dropout is active, and gradients can be
   * computed.
   */
  boolean training();

  /** The dotted path of this scope, empty for the root. */
  String path();

  /** Returns the scope of a name within this one; the name matches {@code [A-Za-z0-9_-]+}. */
  Scope child(String name);

  /**
   * Returns a trainable parameter; the first call creates it. Its path is {@code path().name}.
   *
   * @throws IllegalArgumentException if the parameter exists with another shape
   */
  Operand<TFloat32> parameter(String name, Shape shape, Initializer initializer);

  /**
   * Returns rows of a trainable table; the first call creates the table. If a table is only read by
   * lookups, the cost of its gradient depends on the number of rows read, not on V.
   *
   * @param shape shape of the table, {@code [V, ...]}
   * @param rows row indices, of any shape, each at least 0 and below V
   * @return the shape of {@code rows} followed by the shape of a row
   * @throws IllegalArgumentException if the table exists with another shape
   */
  Operand<TFloat32> lookup(String name, Shape shape, Initializer initializer, Operand<TInt32> rows);

  /**
   * Computes a linear map of the concatenated inputs; each input has its own block of the kernel.
   * Use it for all multiplications by weights in the body of a loop: products of the loop's inputs
   * are computed for all time steps at once, before the loop, and gradients of kernels after it.
   *
   * @param name beginning of the parameters' names: {@code name.kernel}, or {@code name.kernel.0},
   *     {@code name.kernel.1} and so on for several inputs, and {@code name.bias}
   * @param units number of outputs
   * @param kernel initializer of the kernel, {@code [sum of D_i, units]}
   * @param bias initializer of the bias; no bias if empty
   * @param inputs {@code [B, D_i]} each, or {@code [B, Q, D_i]} each
   * @return {@code [B, units]} or {@code [B, Q, units]}
   */
  Operand<TFloat32> linear(
      String name,
      long units,
      Initializer kernel,
      Optional<Initializer> bias,
      List<Operand<TFloat32>> inputs);

  /**
   * Computes a linear map with a {@link Initializer#GLOROT} kernel and an optional bias, initially
   * 0.
   */
  default Operand<TFloat32> linear(
      String name, long units, boolean bias, List<Operand<TFloat32>> inputs) {
    return linear(
        name,
        units,
        Initializer.GLOROT,
        bias ? Optional.of(Initializer.ZEROS) : Optional.empty(),
        inputs);
  }

  /** Computes a linear map of one input, {@code [B, D]} or {@code [B, Q, D]}. */
  default Operand<TFloat32> linear(String name, long units, boolean bias, Operand<TFloat32> input) {
    return linear(name, units, bias, List.of(input));
  }

  /**
   * Computes the dot products of each row of {@code x} with all rows of a parameter, for example of
   * each decoder output with the embeddings of all tokens.
   *
   * @param x {@code [N, D]}
   * @param table {@code [V, D]}
   * @return {@code [N, V]}
   */
  Operand<TFloat32> products(Operand<TFloat32> x, Operand<TFloat32> table);

  /**
   * Sets a random share of the values to zero and scales the others so that the expected sum is
   * unchanged (Srivastava et al. 2014). Returns {@code x} outside training. The mask is a function
   * of the experiment's seed, the training step, the path, and the time step within a loop.
   *
   * @param rate the share set to zero, at least 0 and below 1
   */
  Operand<TFloat32> dropout(Operand<TFloat32> x, float rate);

  /**
   * Adds normally distributed noise with mean 0. Returns {@code x} outside training. The noise is
   * determined like the mask of {@link #dropout}.
   *
   * @param deviation standard deviation of the noise; 0 for none
   */
  Operand<TFloat32> noise(Operand<TFloat32> x, float deviation);

  /**
   * Returns uniformly distributed random numbers, at least 0 and below 1, determined like the mask
   * of {@link #dropout}; also outside training.
   *
   * @param shape shape of the result, {@code [rank]}
   */
  Operand<TFloat32> uniform(Operand<TInt32> shape);

  /**
   * Returns normally distributed random numbers with mean 0 and standard deviation 1, determined
   * like those of {@link #uniform}.
   */
  Operand<TFloat32> normal(Operand<TInt32> shape);

  /**
   * Runs a step at each position of a batch of sequences. In training, the loop is differentiable
   * with respect to inputs, initial state, constants and parameters of 32-bit floats.
   *
   * @param constants tensors that every step reads, of any shape and type
   * @param inputs {@code [B, T, ...]} each
   * @param lengths number of real positions of each sequence, {@code [B]}
   * @param initialState {@code [B, ...]} each
   */
  Loop.ScanOutput scan(
      NamedTensors constants,
      NamedTensors inputs,
      Operand<TInt32> lengths,
      NamedTensors initialState,
      Loop.Direction direction,
      Loop.ScanBody body);

  /**
   * Runs a step until it returns {@code more = false}, and keeps only the last state. The loop is
   * not differentiable.
   *
   * @param constants tensors that every step reads, of any shape and type
   * @param maxSteps maximum number of steps, a scalar of at least 1
   * @param initialState {@code [B, ...]} each
   * @return the state after the last step
   * @throws IllegalArgumentException in training
   */
  NamedTensors whileLoop(
      NamedTensors constants,
      Operand<TInt32> maxSteps,
      NamedTensors initialState,
      Loop.WhileBody body);
}
