package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * RMSProp: Tieleman and Hinton 2012, "Lecture 6.5: RMSProp", with momentum as in TensorFlow:
 * epsilon is inside the root, and the momentum accumulates updates, learning rates included.
 */
public final class RmsPropOptimizer implements Optimizer {

  /** The keys of {@code rmsprop}. */
  public record Config(
      @Key(doc = "Decay of the mean square.", defaultValue = "0.9", min = 0, max = 1) double decay,
      @Key(
              doc = "Momentum: share of the previous update that is added; 0: none.",
              defaultValue = "0",
              min = 0,
              max = 1)
          double momentum,
      @Key(
              doc = "Constant inside the root that keeps updates finite where gradients vanish.",
              defaultValue = "1e-8",
              min = 0)
          double epsilon) {

    /** Checks that decay and momentum are below 1. */
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

  /** Creates the optimizer. */
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
