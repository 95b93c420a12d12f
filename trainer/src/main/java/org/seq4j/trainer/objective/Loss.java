package org.seq4j.trainer.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss of training.
 *
 * @param sum over all real target positions, ends included; of sampled candidates, over the sources
 * @param count how many these are, a scalar
 */
public record Loss(Operand<TFloat32> sum, Operand<TFloat32> count) {

  /** The average, a scalar. */
  public Operand<TFloat32> mean(Ops tf) {
    return tf.math.div(sum, count);
  }
}
