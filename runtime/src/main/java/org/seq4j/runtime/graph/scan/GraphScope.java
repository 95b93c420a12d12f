package org.seq4j.runtime.graph.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** A scope in the graph of a model, or in the body of a loop. */
public final class GraphScope implements Scope {
  private final BuildContext frame;
  private final Ops tf;
  private final String path;

  public GraphScope(BuildContext frame, Ops tf, String path) {
    this.frame = frame;
    this.tf = tf;
    this.path = path;
  }

  @Override
  public Ops tf() {
    return tf;
  }

  @Override
  public boolean training() {
    return frame.training();
  }

  @Override
  public String path() {
    return path;
  }

  BuildContext frame() {
    return frame;
  }

  @Override
  public GraphScope child(String name) {
    return new GraphScope(frame, tf, join(name));
  }

  private String join(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  @Override
  public Operand<TFloat32> parameter(String name, Shape shape, Initializer initializer) {
    return frame.parameter(tf, join(name), shape, initializer);
  }

  @Override
  public Operand<TFloat32> lookup(
      String name, Shape shape, Initializer initializer, Operand<TInt32> rows) {
    return frame.lookup(tf, join(name), shape, initializer, rows);
  }

  @Override
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
      flat.add(Shapes.flatten(tf, inputs.get(i), depths.get(i))); // [B*Q, D_i]
    }
    return Shapes.unflatten(tf, frame.linear(tf, linear, flat), units, inputs.get(0));
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

  @Override
  public Operand<TFloat32> products(Operand<TFloat32> x, Operand<TFloat32> table) {
    return frame.products(tf, x, table);
  }

  /**
   * Kernels derived from parameters (concatenated or rounded), used by linear maps outside loops.
   * They depend only on parameters: a caller who runs these ops often can compute them once and
   * feed them.
   */
  public List<Operand<?>> preparedKernels() {
    return frame.preparedKernels();
  }

  @Override
  public Operand<TFloat32> dropout(Operand<TFloat32> x, float rate) {
    if (!training() || rate == 0) {
      return x;
    }
    return tf.math.mul(x, dropoutMask(tf.shape(x), rate));
  }

  /** Computes a dropout mask: 0 with probability {@code rate}, else {@code 1 / (1 - rate)}. */
  private Operand<TFloat32> dropoutMask(Operand<TInt32> shape, float rate) {
    Operand<TFloat32> uniform =
        tf.random.statelessRandomUniform(shape, seed(), TFloat32.class); // [0, 1)
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(uniform, tf.constant(rate)), TFloat32.class);
    return tf.math.mul(kept, tf.constant(1 / (1 - rate)));
  }

  @Override
  public Operand<TFloat32> noise(Operand<TFloat32> x, float deviation) {
    if (!training() || deviation == 0) {
      return x;
    }
    return tf.math.add(x, tf.math.mul(normal(tf.shape(x)), tf.constant(deviation)));
  }

  @Override
  public Operand<TFloat32> uniform(Operand<TInt32> shape) {
    return tf.stopGradient(tf.random.statelessRandomUniform(shape, seed(), TFloat32.class));
  }

  @Override
  public Operand<TFloat32> normal(Operand<TInt32> shape) {
    // Without stopGradient, TensorFlow requests its gradient, which does not exist.
    return tf.stopGradient(tf.random.statelessRandomNormal(shape, seed(), TFloat32.class));
  }

  private Operand<TInt64> seed() {
    return tf.stack(List.of(tf.constant(frame.randomKey(path)), frame.randomPosition(tf)));
  }

  @Override
  public Loop.ScanOutput scan(
      NamedTensors constants,
      NamedTensors inputs,
      Operand<TInt32> lengths,
      NamedTensors initialState,
      Loop.Direction direction,
      Loop.ScanBody body) {
    return BatchMajorScan.run(this, constants, inputs, lengths, initialState, direction, body);
  }

  @Override
  public NamedTensors whileLoop(
      NamedTensors constants,
      Operand<TInt32> maxSteps,
      NamedTensors initialState,
      Loop.WhileBody body) {
    if (training()) {
      throw new IllegalArgumentException(
          "a while loop has no gradients: it cannot be used in training");
    }
    return new StateLoop(this, initialState, constants, body).run(maxSteps);
  }

  /**
   * Runs a loop like {@link #whileLoop}, also in training, where no gradient passes through it: for
   * choices, such as that of a token.
   */
  public NamedTensors whileLoopWithoutGradients(
      NamedTensors constants,
      Operand<TInt32> maxSteps,
      NamedTensors initialState,
      Loop.WhileBody body) {
    StateLoop loop = new StateLoop(this, initialState, constants, body);
    return training() ? loop.runWithoutGradients(maxSteps) : loop.run(maxSteps);
  }
}
