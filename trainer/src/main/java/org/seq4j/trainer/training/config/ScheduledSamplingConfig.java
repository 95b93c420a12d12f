package org.seq4j.trainer.training.config;

import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.model.SamplingPolicy;

/**
 * Scheduled sampling: Bengio, Vinyals, Jaitly and Shazeer 2015, "Scheduled sampling for sequence
 * prediction with recurrent neural networks". Where a true token would be read, the model's own one
 * is read with a probability that grows in the course of training.
 */
public record ScheduledSamplingConfig(
    @Key(doc = "How the share of true tokens falls.", defaultValue = "inverse-sigmoid") Decay decay,
    @Key(
            doc =
                "How fast, in steps: linear has fallen to 0 after so many, exponential to 1/e, and"
                    + " inverse-sigmoid to 0.5 some time after (k in the paper).",
            defaultValue = "2000",
            min = 1)
        double steps,
    @Key(
            doc = "Below which share of true tokens it does not fall; for constant, the share.",
            defaultValue = "0.5",
            min = 0,
            max = 1)
        double least,
    @Key(
            doc =
                "Whether the model's own token is its most likely one or drawn by its"
                    + " probabilities.",
            defaultValue = "best")
        SamplingPolicy.Choice choice) {

  /** How the share of true tokens falls with the steps. */
  public enum Decay {
    /** It is the same from the beginning. */
    CONSTANT,
    /** In a straight line. */
    LINEAR,
    /** By the same share in the same number of steps. */
    EXPONENTIAL,
    /** Slowly, fast, slowly. */
    INVERSE_SIGMOID
  }

  /** With which probability the true token is read in a step, from 1. */
  public double truth(long step) {
    double made = step - 1.0;
    double share =
        switch (decay) {
          case CONSTANT -> least;
          case LINEAR -> 1 - made / steps;
          case EXPONENTIAL -> Math.exp(-made / steps);
          case INVERSE_SIGMOID -> steps / (steps + Math.exp(made / steps));
        };
    return Math.max(least, share);
  }
}
