package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * RMSProp: Tieleman and Hinton 2012, "Lecture 6.5: RMSProp", with momentum as in TensorFlow:
 * epsilon is within the root, and the momentum holds steps, learning rates included.
 */
public final class RmsPropOptimizer implements Optimizer {

  /** What {@code rmsprop} can be told. */
  public record Config(
      @Key(
              doc = "How much of the mean square is kept from step to step.",
              defaultValue = "0.9",
              min = 0,
              max = 1)
          double decay,
      @Key(
              doc = "How much of the step before is kept: 0 for none.",
              defaultValue = "0",
              min = 0,
              max = 1)
          double momentum,
      @Key(
              doc = "Keeps the step finite where gradients vanish; it is within the root.",
              defaultValue = "1e-8",
              min = 0)
          double epsilon) {

    /** Checks that what is kept fades. */
    public Config {
      if (decay >= 1) {
        throw new IllegalArgumentException("decay: expected a number below 1, got " + decay);
      }
      if (momentum >= 1) {
        throw new IllegalArgumentException("momentum: expected a number below 1, got " + momentum);
      }
    }
  }

  private final Config config;

  /** Takes its keys. */
  public RmsPropOptimizer(Config config) {
    this.config = config;
  }

  @Override
  public double defaultLearningRate() {
    return 0.001;
  }

  @Override
  public Op update(Ops tf, Update update) {
    return tf.train.applyRmsProp(
        update.variable(),
        update.slot("squares"),
        update.slot("momentum"),
        update.learningRate(),
        tf.constant((float) config.decay()),
        tf.constant((float) config.momentum()),
        tf.constant((float) config.epsilon()),
        update.gradient());
  }
}
