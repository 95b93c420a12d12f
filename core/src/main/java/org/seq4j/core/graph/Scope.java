package org.seq4j.core.graph;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The place in a graph where a component adds its ops, with a name, and the source of its
 * parameters.
 *
 * <p>The same component is built several times: for training, for inference, and in the bodies of
 * loops, forward and backward. Parameters are found by dotted path, so a component must ask for the
 * same ones each time; it must keep neither a scope nor an operand.
 */
public interface Scope {

  /** Makes ops. */
  Ops tf();

  /** Whether this is built for training: dropout is on, and gradients can be taken. */
  boolean training();

  /** The dotted path of this scope, empty for the root. */
  String path();

  /** A scope within this one, {@code [A-Za-z0-9_-]+}. */
  Scope child(String name);

  /**
   * A trainable parameter, made on first use.
   *
   * @throws IllegalArgumentException if it exists with another shape
   */
  Operand<TFloat32> parameter(String name, Shape shape, Initializer initializer);

  /**
   * Shapes of a trainable table, which is made on first use. The gradient of a table that is read
   * in no other way costs what the rows cost, not what the table does.
   *
   * @param shape {@code [V, ...]} of the table
   * @param rows of any shape, each at least 0 and below V
   * @return the shape of {@code rows}, then that of a row
   * @throws IllegalArgumentException if the table exists with another shape
   */
  Operand<TFloat32> lookup(String name, Shape shape, Initializer initializer, Operand<TInt32> rows);

  /**
   * A linear map of inputs side by side, each with a kernel block of its own. In the body of a loop
   * this is the way to multiply by weights: products of the loop's own inputs are taken before the
   * loop over all time steps at once, and gradients of all kernels after it.
   *
   * @param kernel first values of the kernel, all inputs as one block of rows
   * @param bias first values of the bias; without them there is no bias
   * @param inputs {@code [B, D_i]} each, or {@code [B, Q, D_i]} each
   * @return {@code [B, units]} or {@code [B, Q, units]}
   */
  Operand<TFloat32> linear(
      String name,
      long units,
      Initializer kernel,
      Optional<Initializer> bias,
      List<Operand<TFloat32>> inputs);

  /** A linear map with a kernel of {@link Initializer#GLOROT} and, if wanted, a bias of zeros. */
  default Operand<TFloat32> linear(
      String name, long units, boolean bias, List<Operand<TFloat32>> inputs) {
    return linear(
        name,
        units,
        Initializer.GLOROT,
        bias ? Optional.of(Initializer.ZEROS) : Optional.empty(),
        inputs);
  }

  /** A linear map of one input. */
  default Operand<TFloat32> linear(String name, long units, boolean bias, Operand<TFloat32> input) {
    return linear(name, units, bias, List.of(input));
  }

  /**
   * Products of each row with all rows of a table that is a parameter: of an output with the
   * embeddings of all tokens.
   *
   * @param x {@code [N, D]}
   * @param table {@code [V, D]}
   * @return {@code [N, V]}
   */
  Operand<TFloat32> products(Operand<TFloat32> x, Operand<TFloat32> table);

  /**
   * Sets a share of the values to zero and scales the others so that the expected sum stays the
   * same (Srivastava et al. 2014); the identity outside training. The mask is a function of the
   * experiment's seed, the training step, the path, and the time step within a loop.
   *
   * @param rate the share, 0 to below 1
   */
  Operand<TFloat32> dropout(Operand<TFloat32> x, float rate);

  /**
   * Adds noise of normal distribution and mean 0; the identity outside training. Its values are
   * determined like those of {@link #dropout}.
   *
   * @param deviation its standard deviation; 0 for none
   */
  Operand<TFloat32> noise(Operand<TFloat32> x, float deviation);

  /**
   * Random numbers of uniform distribution from 0 to below 1, determined like those of {@link
   * #dropout}; also outside training.
   */
  Operand<TFloat32> uniform(Operand<TInt32> shape);

  /**
   * Random numbers of normal distribution, mean 0 and deviation 1, otherwise like {@link #uniform}.
   */
  Operand<TFloat32> normal(Operand<TInt32> shape);

  /**
   * Runs a step over the time axis of a batch of sequences. In training the loop is differentiable
   * in inputs, initial state, constants and parameters of 32-bit floats.
   *
   * @param constants tensors that every step reads, of any shape and type
   * @param inputs {@code [B, T, ...]} each
   * @param lengths how many steps of each sequence are real, {@code [B]}
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
   * Runs a step for as long as it asks for more, and keeps only the last state. Such a loop cannot
   * be differentiated.
   *
   * @param constants tensors that every step reads, of any shape and type
   * @param maxSteps the maximum number of steps, a scalar of at least 1
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
