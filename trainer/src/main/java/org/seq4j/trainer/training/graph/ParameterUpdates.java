package org.seq4j.trainer.training.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.training.Optimizer;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.ParameterGradient;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;

/** Adds the ops that update parameters by their gradients. */
final class ParameterUpdates {
  /** The slot of the moving average of a parameter. */
  static final String AVERAGE = "average";

  private static final double NOISE_DECAY = 0.55; // gamma in Neelakantan et al. 2015

  private final ModelGraph graph;
  private final Optimizer optimizer;
  private final TrainingConfig config;
  private final Operand<TFloat32> learningRate; // scalar

  ParameterUpdates(
      ModelGraph graph,
      Optimizer optimizer,
      TrainingConfig config,
      Operand<TFloat32> learningRate) {
    this.graph = graph;
    this.optimizer = optimizer;
    this.config = config;
    this.learningRate = learningRate;
  }

  /**
   * Adds the updates. They wait for all gradients: they change variables in place, and ops that
   * still read these would make results differ between runs. They also wait for a check that the
   * gradients are finite, and do not run if it fails.
   */
  List<Op> of(Clipping clipped) {
    Ops tf = graph.tf();
    Operand<TBool> finite = tf.math.isFinite(clipped.norm());
    List<Op> before = new ArrayList<>();
    before.add(tf.assertThat(finite, List.of(clipped.norm())));
    List<ParameterGradient> gradients = clipped.gradients().stream().map(this::noisy).toList();
    gradients.forEach(gradient -> before.add(gradient.values()));
    Ops after = tf.withControlDependencies(before);
    return gradients.stream().map(gradient -> averaged(gradient, update(after, gradient))).toList();
  }

  /**
   * Adds gradient noise (Neelakantan et al. 2015, "Adding gradient noise improves learning for very
   * deep networks").
   */
  private ParameterGradient noisy(ParameterGradient gradient) {
    if (config.gradientNoise() == 0) {
      return gradient;
    }
    Ops tf = graph.tf();
    Operand<TFloat64> fall =
        tf.math.pow(
            tf.dtypes.cast(graph.step(), TFloat64.class), tf.constant(-NOISE_DECAY)); // from step 1
    Operand<TFloat32> deviation =
        tf.dtypes.cast(
            tf.math.sqrt(tf.math.mul(tf.constant(config.gradientNoise()), fall)), TFloat32.class);
    Operand<TFloat32> noise =
        graph
            .scope(true)
            .child("gradient-noise." + gradient.path())
            .normal(tf.shape(gradient.values()));
    return gradient.withValues(tf.math.add(gradient.values(), tf.math.mul(noise, deviation)));
  }

  private Op update(Ops tf, ParameterGradient gradient) {
    String path = gradient.path();
    Operand<TFloat32> variable = graph.parameters().variable(path);
    boolean decays = config.weightDecay() > 0 && variable.shape().numDimensions() >= 2;
    if (gradient.rows().isPresent() && !decays) {
      Optional<Op> ofRows =
          ComponentException.notNull(
              optimizer,
              "updateRows",
              optimizer.updateRows(
                  tf, update(path, variable, gradient.values()), gradient.rows().get()));
      if (ofRows.isPresent()) {
        return ofRows.get();
      }
    }
    Operand<TFloat32> dense = gradient.dense(tf, variable.shape());
    if (decays) {
      dense = tf.math.add(dense, tf.math.mul(variable, tf.constant((float) config.weightDecay())));
    }
    return ComponentException.notNull(
        optimizer, "update", optimizer.update(tf, update(path, variable, dense)));
  }

  private Optimizer.Update update(
      String path, Operand<TFloat32> variable, Operand<TFloat32> gradient) {
    return new Optimizer.Update(
        variable,
        gradient,
        learningRate,
        graph.step(),
        (name, shape) -> graph.parameters().slot(path, name, shape));
  }

  /**
   * Updates the moving average after the parameter. As in TensorFlow's ExponentialMovingAverage,
   * the decay is smaller in the first steps: the first average is the parameter itself.
   */
  private Op averaged(ParameterGradient gradient, Op update) {
    if (config.movingAverage() == 0) {
      return update;
    }
    Ops tf = graph.tf().withControlDependencies(List.of(update));
    Operand<TFloat32> variable = graph.parameters().variable(gradient.path());
    Shape shape = variable.shape();
    Operand<TFloat32> average = graph.parameters().slot(gradient.path(), AVERAGE, shape);
    Operand<TFloat64> step = tf.dtypes.cast(graph.step(), TFloat64.class);
    Operand<TFloat64> early =
        tf.math.div(tf.math.sub(step, tf.constant(1.0)), tf.math.add(step, tf.constant(9.0)));
    Operand<TFloat64> kept = tf.math.minimum(tf.constant(config.movingAverage()), early);
    Operand<TFloat32> move = tf.dtypes.cast(tf.math.sub(tf.constant(1.0), kept), TFloat32.class);
    return tf.assignAdd(average, tf.math.mul(tf.math.sub(variable, average), move));
  }
}
