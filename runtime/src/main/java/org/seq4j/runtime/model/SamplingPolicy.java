package org.seq4j.runtime.model;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Lets a model read its own tokens in training (Bengio et al. 2015, "Scheduled sampling for
 * sequence prediction with recurrent neural networks"). Its absence is teacher forcing.
 *
 * @param truth the probability with which the true token is read, a scalar
 * @param choice which of the model's own tokens is read otherwise
 */
public record SamplingPolicy(Operand<TFloat32> truth, Choice choice) {

  /** Which of the tokens that the model gives a probability. */
  public enum Choice {
    /** The most likely one. */
    BEST,
    /** One drawn by the probabilities. */
    SAMPLE
  }
}
