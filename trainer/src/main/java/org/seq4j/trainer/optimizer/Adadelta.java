package org.seq4j.trainer.optimizer;

import org.seq4j.core.training.Optimizer;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;

/** Adadelta: Zeiler 2012, "ADADELTA: an adaptive learning rate method", algorithm 1. */
final class Adadelta implements Optimizer {
  private final AdadeltaConfig config;

  Adadelta(AdadeltaConfig config) {
    this.config = config;
  }

  @Override
  public float learningRate() {
    return (float) config.learningRate();
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
