package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ApplyMomentum;

/**
 * Stochastic gradient descent, with the momentum of Sutskever, Martens, Dahl and Hinton 2013, "On
 * the importance of initialization and momentum in deep learning"; as in TensorFlow and PyTorch,
 * the learning rate multiplies the momentum instead of being accumulated in it.
 */
public final class SgdOptimizer implements Optimizer {

  /** The keys of {@code sgd}. */
  public record Config(
      @Key(
              doc = "Momentum: share of the previous update that is added; 0: none (Polyak 1964).",
              defaultValue = "0",
              min = 0,
              max = 1)
          double momentum,
      @Key(
              doc = "Whether to use Nesterov momentum (Sutskever et al. 2013).",
              defaultValue = "false")
          boolean nesterov) {

    /** Checks that the momentum is below 1. */
    public Config {
      if (momentum >= 1) {
        throw new IllegalArgumentException("momentum: expected a number below 1, got " + momentum);
      }
    }
  }

  private final Config config;

  /** Creates the optimizer. */
  public SgdOptimizer(Config config) {
    this.config = config;
  }

  @Override
  public double defaultLearningRate() {
    return 0.1;
  }

  @Override
  public Op update(Ops tf, Update update) {
    if (config.momentum() == 0) {
      return tf.train.applyGradientDescent(
          update.variable(), update.learningRate(), update.gradient());
    }
    return tf.train.applyMomentum(
        update.variable(),
        update.slot("momentum"),
        update.learningRate(),
        update.gradient(),
        tf.constant((float) config.momentum()),
        ApplyMomentum.useNesterov(config.nesterov()));
  }
}
