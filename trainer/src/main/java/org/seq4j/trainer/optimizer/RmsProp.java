package org.seq4j.trainer.optimizer;

import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/**
 * RMSProp: Tieleman and Hinton 2012, "Lecture 6.5: RMSProp", with momentum as in TensorFlow:
 * epsilon is within the root, and the momentum holds steps, learning rates included.
 */
final class RmsProp implements Optimizer {
  private final RmsPropConfig config;

  RmsProp(RmsPropConfig config) {
    this.config = config;
  }

  @Override
  public float learningRate() {
    return (float) config.learningRate();
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
