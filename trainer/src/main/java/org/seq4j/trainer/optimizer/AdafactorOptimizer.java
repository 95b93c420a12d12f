package org.seq4j.trainer.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/**
 * Adafactor: Shazeer and Stern 2018, "Adafactor: adaptive learning rates with sublinear memory
 * cost", algorithms 4 (matrices) and 5 (vectors), without momentum. With more than two axes, the
 * last two are rows and columns.
 */
public final class AdafactorOptimizer implements Optimizer {

  /** The keys of {@code adafactor}. */
  @MovedKey(from = "least_size", to = "min_scale")
  public record Config(
      @Key(
              doc = "Exponent of the decay of the mean squares, which is 1 - step^-this.",
              defaultValue = "0.8",
              min = 0,
              max = 1)
          double decayExponent,
      @Key(
              doc = "Max root mean square of an update before the learning rate: d in the paper.",
              defaultValue = "1.0",
              min = 0)
          double clipThreshold,
      @Key(
              doc = "Constant added to squared gradients: epsilon 1 in the paper.",
              defaultValue = "1e-30",
              min = 0)
          double epsilon,
      @Key(
              doc =
                  "Min root mean square of a parameter, by which updates are scaled: epsilon 2 in the paper.",
              defaultValue = "0.001",
              min = 0)
          double minScale) {}

  private final Config config;

  /** Creates the optimizer. */
  public AdafactorOptimizer(Config config) {
    this.config = config;
  }

  @Override
  public double defaultLearningRate() {
    return 0.01;
  }

  @Override
  public Op update(Ops tf, Update update) {
    List<Op> written = new ArrayList<>();
    Operand<TFloat32> square =
        tf.math.add(tf.math.square(update.gradient()), tf.constant((float) config.epsilon()));
    Operand<TFloat32> second = secondMoment(tf, update, square, written);
    Operand<TFloat32> unclipped = tf.math.mul(update.gradient(), tf.math.rsqrt(second));
    Operand<TFloat32> threshold = tf.constant((float) config.clipThreshold());
    Operand<TFloat32> clip =
        tf.math.maximum(
            tf.constant(1f), tf.math.div(rootMeanSquare(tf, unclipped), threshold)); // line 9
    Operand<TFloat32> size =
        tf.math.maximum(
            tf.constant((float) config.minScale()), rootMeanSquare(tf, update.variable()));
    Operand<TFloat32> move =
        tf.math.mul(unclipped, tf.math.div(tf.math.mul(update.learningRate(), size), clip));
    return tf.withControlDependencies(written).assignSub(update.variable(), move);
  }

  /** Returns the estimated mean square of each value, from means over rows and columns. */
  private Operand<TFloat32> secondMoment(
      Ops tf, Update update, Operand<TFloat32> square, List<Op> written) {
    Shape shape = update.variable().shape();
    int axes = shape.numDimensions();
    if (axes < 2) {
      return mean(tf, update, "squares", shape, square, written);
    }
    Operand<TFloat32> rows = // [..., N, 1]
        mean(
            tf,
            update,
            "rows",
            without(shape, axes - 1),
            tf.math.mean(square, tf.constant(axes - 1), keepDims()),
            written);
    Operand<TFloat32> columns = // [..., 1, M]
        mean(
            tf,
            update,
            "columns",
            without(shape, axes - 2),
            tf.math.mean(square, tf.constant(axes - 2), keepDims()),
            written);
    Operand<TFloat32> all = tf.math.mean(rows, tf.constant(axes - 2), keepDims());
    return tf.math.mul(tf.math.div(rows, all), columns);
  }

  private static Mean.Options keepDims() {
    return Mean.keepDims(true);
  }

  private static Shape without(Shape shape, int axis) {
    long[] sizes = shape.asArray();
    sizes[axis] = 1;
    return Shape.of(sizes);
  }

  private Operand<TFloat32> mean(
      Ops tf, Update update, String name, Shape shape, Operand<TFloat32> latest, List<Op> written) {
    Operand<TFloat32> slot = update.slots().slot(name, shape);
    Operand<TFloat32> kept = kept(tf, update);
    Operand<TFloat32> next =
        tf.math.add(
            tf.math.mul(slot, kept),
            tf.math.mul(latest, tf.math.sub(tf.constant(1f), kept))); // line 5
    written.add(tf.assign(slot, next));
    return next;
  }

  /** Returns beta 2 of this step; it is 0 in the first step. */
  private Operand<TFloat32> kept(Ops tf, Update update) {
    Operand<TFloat64> step = tf.dtypes.cast(update.step(), TFloat64.class);
    Operand<TFloat64> power = tf.math.pow(step, tf.constant(-config.decayExponent()));
    return tf.dtypes.cast(tf.math.sub(tf.constant(1.0), power), TFloat32.class);
  }

  private static Operand<TFloat32> rootMeanSquare(Ops tf, Operand<TFloat32> x) {
    int[] axes = IntStream.range(0, x.shape().numDimensions()).toArray();
    return tf.math.sqrt(tf.math.mean(tf.math.square(x), tf.constant(axes)));
  }
}
