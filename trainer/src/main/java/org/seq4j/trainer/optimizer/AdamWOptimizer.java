package org.seq4j.trainer.optimizer;

import java.util.List;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * AdamW: Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2, where
 * the schedule multiplier is that of the learning rate.
 */
public final class AdamWOptimizer implements Optimizer {

  /** The keys of {@code adamw}. */
  public record Config(
      @Key(
              doc =
                  "Share of each weight that is subtracted in a step, as a multiple of the learning rate:"
                      + " lambda in the paper. Only for weights with at least two axes, so not for biases and the"
                      + " scales of layer norms.",
              defaultValue = "0.01",
              min = 0)
          double weightDecay,
      @Key(doc = "Decay of the mean gradient.", defaultValue = "0.9", min = 0, max = 1)
          double beta1,
      @Key(doc = "Decay of the mean squared gradient.", defaultValue = "0.999", min = 0, max = 1)
          double beta2,
      @Key(
              doc = "Constant that keeps updates finite where gradients vanish.",
              defaultValue = "1e-8",
              min = 0)
          double epsilon,
      @Key(
              doc =
                  "Whether epsilon is added after the bias correction, as in algorithm 1 of Adam's paper and in"
                      + " PyTorch. Otherwise it is added before, as epsilon hat at the end of section 2 and"
                      + " in TensorFlow, which makes the first steps smaller where gradients are tiny.",
              defaultValue = "false")
          boolean correctedEpsilon) {

    /** Checks that the decays are below 1. */
    public Config {
      new AdamOptimizer.Config(beta1, beta2, epsilon, false, correctedEpsilon); // checks them
    }
  }

  private final Config config;
  private final AdamOptimizer adam;

  /** Creates the optimizer. */
  public AdamWOptimizer(Config config) {
    this.config = config;
    this.adam =
        new AdamOptimizer(
            new AdamOptimizer.Config(
                config.beta1(),
                config.beta2(),
                config.epsilon(),
                false,
                config.correctedEpsilon()));
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
