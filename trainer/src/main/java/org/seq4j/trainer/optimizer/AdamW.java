package org.seq4j.trainer.optimizer;

import java.util.List;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * AdamW: Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2, where
 * the schedule's factor is that of the learning rate.
 */
final class AdamW implements Optimizer {
  private final AdamWConfig config;
  private final Adam adam;

  AdamW(AdamWConfig config) {
    this.config = config;
    this.adam =
        new Adam(
            new AdamConfig(
                config.learningRate(), config.beta1(), config.beta2(), config.epsilon(), false));
  }

  @Override
  public float learningRate() {
    return adam.learningRate();
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
