package org.seq4j.trainer.optimizer;

import org.seq4j.core.training.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;

/**
 * Adam: Kingma and Ba 2015, "Adam: a method for stochastic optimization", in the order of
 * computation given at the end of its section 2, where epsilon is "epsilon hat".
 */
final class Adam implements Optimizer {
  private final AdamConfig config;

  Adam(AdamConfig config) {
    this.config = config;
  }

  @Override
  public float learningRate() {
    return (float) config.learningRate();
  }

  @Override
  public Op update(Ops tf, Update update) {
    return tf.train.applyAdam(
        update.variable(),
        update.slots().apply("m"),
        update.slots().apply("v"),
        power(tf, config.beta1(), update.step()),
        power(tf, config.beta2(), update.step()),
        update.learningRate(),
        tf.constant((float) config.beta1()),
        tf.constant((float) config.beta2()),
        tf.constant((float) config.epsilon()),
        update.gradient());
  }

  /**
   * A beta to the power of t. It follows from the step rather than from a variable of its own, so
   * that there is nothing to save; in doubles, since a float no longer counts beyond 2^24.
   */
  private static Operand<TFloat32> power(Ops tf, double beta, Operand<TInt64> step) {
    Operand<TFloat64> t = tf.dtypes.cast(step, TFloat64.class);
    return tf.dtypes.cast(tf.math.pow(tf.constant(beta), t), TFloat32.class);
  }
}
