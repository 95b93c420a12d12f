package org.seq4j.trainer.optimizer;

import java.util.List;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * AdamW: Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2, where
 * the schedule's factor is that of the learning rate.
 */
public final class AdamWOptimizer implements Optimizer {

  /** What {@code adamw} can be told. */
  public record Config(
      @Key(
              doc =
                  "How much of each weight goes in a step, as a multiple of the learning rate: lambda"
                      + " in the paper. Only of weights with two axes or more: biases and the scales"
                      + " of layer norms stay.",
              defaultValue = "0.01",
              min = 0)
          double weightDecay,
      @Key(
              doc = "How much of the mean gradient is kept from step to step.",
              defaultValue = "0.9",
              min = 0,
              max = 1)
          double beta1,
      @Key(
              doc = "How much of the mean squared gradient is kept from step to step.",
              defaultValue = "0.999",
              min = 0,
              max = 1)
          double beta2,
      @Key(
              doc = "Keeps the step finite where gradients vanish: epsilon hat in Adam's paper.",
              defaultValue = "1e-8",
              min = 0)
          double epsilon) {

    /** Checks that the means have a window. */
    public Config {
      new AdamOptimizer.Config(beta1, beta2, epsilon, false); // which checks them
    }
  }

  private final Config config;
  private final AdamOptimizer adam;

  /** Takes its keys. */
  public AdamWOptimizer(Config config) {
    this.config = config;
    this.adam =
        new AdamOptimizer(
            new AdamOptimizer.Config(config.beta1(), config.beta2(), config.epsilon(), false));
  }

  @Override
  public double defaultLearningRate() {
    return adam.defaultLearningRate();
  }

  @Override
  public Op update(Ops tf, Update update) {
    if (config.weightDecay() == 0 || update.variable().shape().numDimensions() < 2) {
      return adam.update(tf, update);
    }
    var share = tf.math.mul(update.learningRate(), tf.constant((float) config.weightDecay()));
    Op decayed = tf.assignSub(update.variable(), tf.math.mul(update.variable(), share));
    return adam.update(tf.withControlDependencies(List.of(decayed)), update);
  }
}
