package org.seq4j.trainer.optimizer;

import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ApplyMomentum;

/**
 * Stochastic gradient descent, with the momentum of Sutskever, Martens, Dahl and Hinton 2013, "On
 * the importance of initialization and momentum in deep learning"; as in TensorFlow and PyTorch,
 * the learning rate is applied to the momentum rather than kept within it.
 */
final class Sgd implements Optimizer {
  private final SgdConfig config;

  Sgd(SgdConfig config) {
    this.config = config;
  }

  @Override
  public float learningRate() {
    return (float) config.learningRate();
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
