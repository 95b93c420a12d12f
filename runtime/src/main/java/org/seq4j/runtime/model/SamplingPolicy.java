package org.seq4j.runtime.model;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Scheduled sampling: in training, the model reads some of its own tokens (Bengio et al. 2015,
 * "Scheduled sampling for sequence prediction with recurrent neural networks"). Without a policy,
 * training uses teacher forcing.
 *
 * @param truth probability of reading the correct token, a scalar
 * @param choice the choice of the model's own token
 */
public record SamplingPolicy(Operand<TFloat32> truth, Choice choice) {

  /** The way to choose a token from the model's distribution. */
  public enum Choice {
    /** The most probable token. */
    BEST,
    /** A token sampled from the distribution. */
    SAMPLE
  }
}
