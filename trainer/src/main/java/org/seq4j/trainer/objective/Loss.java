package org.seq4j.trainer.objective;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A loss of training.
 *
 * @param sum the sum over all target positions without padding, end tokens included; for sampled
 *     candidates, over sources; a scalar
 * @param count the number of these positions or sources, a scalar
 */
public record Loss(Operand<TFloat32> sum, Operand<TFloat32> count) {

  /** Returns the mean, a scalar. */
  public Operand<TFloat32> mean(Ops tf) {
    return tf.math.div(sum, count);
  }
}
