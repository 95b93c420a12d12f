package org.seq4j.trainer.optimizer;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * Adagrad: Duchi, Hazan and Singer 2011, "Adaptive subgradient methods for online learning and
 * stochastic optimization", the diagonal form of figure 1.
 */
public final class AdagradOptimizer implements Optimizer {

  /** The keys of {@code adagrad}. */
  public record Config(
      @Key(
              doc = "Constant that keeps updates finite before the first gradient.",
              defaultValue = "1e-10",
              min = 0)
          double epsilon) {}

  private final Config config;

  /** Creates the optimizer. */
  public AdagradOptimizer(Config config) {
    this.config = config;
  }

  @Override
  public double defaultLearningRate() {
    return 0.01;
  }

  @Override
  public Op update(Ops tf, Update update) {
    return tf.train.applyAdagradV2(
        update.variable(),
        update.slot("squares"),
        update.learningRate(),
        tf.constant((float) config.epsilon()),
        update.gradient());
  }
}
