package org.seq4j.trainer.training.config;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.runtime.model.SamplingPolicy;

/**
 * Scheduled sampling: Bengio, Vinyals, Jaitly and Shazeer 2015, "Scheduled sampling for sequence
 * prediction with recurrent neural networks". The decoder reads its own prediction instead of the
 * true token with a probability that grows during training.
 */
@MovedKey(from = "least", to = "min")
public record ScheduledSamplingConfig(
    @Key(
            doc = "Decay of the share of true tokens (the teacher forcing ratio).",
            defaultValue = "inverse-sigmoid")
        Decay decay,
    @Key(
            doc =
                "Speed of the decay, in steps: after this number, linear reaches 0 and exponential 1/e;"
                    + " inverse-sigmoid reaches 0.5 later (k in the paper).",
            defaultValue = "2000",
            min = 1)
        double steps,
    @Key(
            doc = "Min share of true tokens; for constant, the share.",
            defaultValue = "0.5",
            min = 0,
            max = 1)
        double min,
    @Key(
            doc =
                "Choice of the model's own token: its most likely one, or one sampled from its"
                    + " probabilities.",
            defaultValue = "best")
        SamplingPolicy.Choice choice) {

  /** The decay of the share of true tokens with the steps. */
  public enum Decay {
    /** A constant share. */
    CONSTANT,
    /** Linear decay. */
    LINEAR,
    /** Exponential decay. */
    EXPONENTIAL,
    /** Decay by an inverse sigmoid: slow, then fast, then slow. */
    INVERSE_SIGMOID
  }

  /** Returns the probability of reading the true token in a step; steps count from 1. */
  public double truth(long step) {
    double made = step - 1.0;
    double share =
        switch (decay) {
          case CONSTANT -> min;
          case LINEAR -> 1 - made / steps;
          case EXPONENTIAL -> Math.exp(-made / steps);
          case INVERSE_SIGMOID -> steps / (steps + Math.exp(made / steps));
        };
    return Math.max(min, share);
  }
}
