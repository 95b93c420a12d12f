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

  /** The way to choose a token by the model's probabilities. */
  public enum Choice {
    /** The most likely one. */
    BEST,
    /** One drawn by the probabilities. */
    SAMPLE
  }
}
