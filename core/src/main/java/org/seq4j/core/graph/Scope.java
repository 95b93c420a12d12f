package org.seq4j.core.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Where a component adds its ops, under what name, and the parameters it may ask for.
 *
 * <p>The same component is built several times: for training, for inference, and in the bodies of
 * loops, forward and backward. Parameters are found by dotted path, so it must ask for the same
 * ones each time; it must keep neither a scope nor an operand.
 */
public final class Scope {
  private final Frame frame;
  private final Ops tf;
  private final String path;

  Scope(Frame frame, Ops tf, String path) {
    this.frame = frame;
    this.tf = tf;
    this.path = path;
  }

  /** Makes ops. */
  public Ops tf() {
    return tf;
  }

  /** Whether this is built for training: dropout is on, and gradients can be taken. */
  public boolean training() {
    return frame.training();
  }

  /** The dotted path of this scope, empty for the root. */
  public String path() {
    return path;
  }

  Frame frame() {
    return frame;
  }

  /** A scope within this one, {@code [A-Za-z0-9_-]+}. */
  public Scope child(String name) {
    return new Scope(frame, tf, join(name));
  }

  private String join(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /**
   * A trainable parameter, made on first use.
   *
   * @throws IllegalArgumentException if it exists with another shape
   */
  public Operand<TFloat32> parameter(String name, Shape shape, Initializer initializer) {
    return frame.parameter(tf, join(name), shape, initializer);
  }

  /**
   * Rows of a trainable table, which is made on first use. Where a table is read in no other way,
   * its gradient is of these rows alone.
   *
   * @param shape {@code [V, ...]} of the table
   * @param rows of any shape, each at least 0 and below V
   * @return the shape of {@code rows}, then that of a row
   * @throws IllegalArgumentException if the table exists with another shape
   */
  public Operand<TFloat32> lookup(
      String name, Shape shape, Initializer initializer, Operand<TInt32> rows) {
    return frame.lookup(tf, join(name), shape, initializer, rows);
  }

  /**
   * A linear map of inputs side by side, each with a kernel block of its own, and zeros as the
   * first bias. In the body of a {@link Recurrence} this is the way to multiply by weights:
   * products of the loop's own inputs are taken before the loop over all time steps at once, and
   * gradients of all kernels after it.
   *
   * @param inputs {@code [B, D_i]} each, or {@code [B, Q, D_i]} each
   * @return {@code [B, units]} or {@code [B, Q, units]}
   */
  public Operand<TFloat32> linear(
      String name, long units, boolean bias, List<Operand<TFloat32>> inputs) {
    return linear(
        name,
        units,
        Initializer.GLOROT,
        bias ? Optional.of(Initializer.ZEROS) : Optional.empty(),
        inputs);
  }

  /** A linear map of one input. */
  public Operand<TFloat32> linear(String name, long units, boolean bias, Operand<TFloat32> input) {
    return linear(name, units, bias, List.of(input));
  }

  /** A linear map with first values of one's own; without a bias if there are none for it. */
  public Operand<TFloat32> linear(
      String name,
      long units,
      Initializer kernel,
      Optional<Initializer> bias,
      List<Operand<TFloat32>> inputs) {
    List<Long> depths = inputs.stream().map(input -> depth(name, input)).toList();
    Linear linear = new Linear(join(name), units, depths, kernel, bias);
    if (inputs.get(0).shape().numDimensions() == 2) {
      return frame.linear(tf, linear, inputs);
    }
    List<Operand<TFloat32>> flat = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      flat.add(Rows.flatten(tf, inputs.get(i), depths.get(i))); // [B*Q, D_i]
    }
    return Rows.unflatten(tf, frame.linear(tf, linear, flat), units, inputs.get(0));
  }

  /**
   * Products of each row with all rows of a table that is a parameter: of an output with the
   * embeddings of all symbols.
   *
   * @param x {@code [N, D]}
   * @param table {@code [V, D]}
   * @return {@code [N, V]}
   */
  public Operand<TFloat32> products(Operand<TFloat32> x, Operand<TFloat32> table) {
    return frame.products(tf, x, table);
  }

  /**
   * What maps made here outside loops multiply by, where it is not a parameter itself: blocks that
   * were joined, or rounded. It depends on nothing but parameters: whoever runs these ops often can
   * compute it once, and feed it.
   */
  public List<Operand<?>> preparedKernels() {
    return frame.preparedKernels();
  }

  private long depth(String name, Operand<TFloat32> input) {
    Shape shape = input.shape();
    int rank = shape.numDimensions();
    if ((rank != 2 && rank != 3) || shape.get(-1) == Shape.UNKNOWN_SIZE) {
      throw new IllegalArgumentException(
          join(name)
              + ": linear takes inputs of 2 or 3 axes, the last of known size; got "
              + shape);
    }
    return shape.get(-1);
  }

  /**
   * Sets a share of the values to zero and scales the others so that the sum is expected to stay
   * (Srivastava et al. 2014); the identity outside training. The mask is a function of the
   * experiment's seed, the training step, the path, and the time step within a loop.
   *
   * @param rate the share, 0 to below 1
   */
  public Operand<TFloat32> dropout(Operand<TFloat32> x, float rate) {
    if (!training() || rate == 0) {
      return x;
    }
    return tf.math.mul(x, dropoutMask(tf.shape(x), rate));
  }

  /** A mask: 0 for a share of {@code rate}, else {@code 1 / (1 - rate)}. */
  private Operand<TFloat32> dropoutMask(Operand<TInt32> shape, float rate) {
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(shape, seed(), TFloat32.class); // [0, 1)
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant(rate)), TFloat32.class);
    return tf.math.mul(kept, tf.constant(1 / (1 - rate)));
  }

  /**
   * Adds noise of normal distribution and mean 0; the identity outside training. Its values are
   * determined like those of {@link #dropout}.
   *
   * @param deviation its standard deviation; 0 for none
   */
  public Operand<TFloat32> noise(Operand<TFloat32> x, float deviation) {
    if (!training() || deviation == 0) {
      return x;
    }
    return tf.math.add(x, tf.math.mul(normal(tf.shape(x)), tf.constant(deviation)));
  }

  /**
   * Random numbers from 0 to below 1, each as likely as any other, determined like those of {@link
   * #dropout}; also outside training.
   */
  public Operand<TFloat32> uniform(Operand<TInt32> shape) {
    return tf.stopGradient(tf.random.statelessRandomUniform(shape, seed(), TFloat32.class));
  }

  /**
   * Random numbers of normal distribution, mean 0 and deviation 1, otherwise like {@link #uniform}.
   */
  public Operand<TFloat32> normal(Operand<TInt32> shape) {
    // Without the stop, TensorFlow asks for its gradient, which it does not have.
    return tf.stopGradient(tf.random.statelessRandomNormal(shape, seed(), TFloat32.class));
  }

  private Operand<TInt64> seed() {
    return tf.stack(List.of(tf.constant(frame.randomKey(path)), frame.randomPosition(tf)));
  }
}
