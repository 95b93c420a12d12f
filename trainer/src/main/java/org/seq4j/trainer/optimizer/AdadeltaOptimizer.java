package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/** Adadelta: Zeiler 2012, "ADADELTA: an adaptive learning rate method", algorithm 1. */
public final class AdadeltaOptimizer implements Optimizer {

  /** The keys of {@code adadelta}. */
  public record Config(
      @Key(
              doc = "Decay of the mean squares: rho in the paper.",
              defaultValue = "0.95",
              min = 0,
              max = 1)
          double decay,
      @Key(
              doc = "Constant that starts the updates and keeps them finite.",
              defaultValue = "1e-6",
              min = 0)
          double epsilon) {

    /** Checks that the decay is below 1. */
    public Config {
      if (decay >= 1) {
        throw new IllegalArgumentException("decay: expected a number below 1, got " + decay);
      }
    }
  }

  private final Config config;

  /** Creates the optimizer. */
  public AdadeltaOptimizer(Config config) {
    this.config = config;
  }

  @Override
  public double defaultLearningRate() {
    return 1.0;
  }

  @Override
  public Op update(Ops tf, Update update) {
    return tf.train.applyAdadelta(
        update.variable(),
        update.slot("squares"),
        update.slot("steps"),
        update.learningRate(),
        tf.constant((float) config.decay()),
        tf.constant((float) config.epsilon()),
        update.gradient());
  }
}
