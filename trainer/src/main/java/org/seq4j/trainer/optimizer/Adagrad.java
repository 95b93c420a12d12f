package org.seq4j.trainer.optimizer;

import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * Adagrad: Duchi, Hazan and Singer 2011, "Adaptive subgradient methods for online learning and
 * stochastic optimization", the diagonal form of figure 1.
 */
final class Adagrad implements Optimizer {
  private final AdagradConfig config;

  Adagrad(AdagradConfig config) {
    this.config = config;
  }

  @Override
  public float learningRate() {
    return (float) config.learningRate();
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
