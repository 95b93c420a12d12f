package org.seq4j.trainer.optimizer;

import org.seq4j.core.config.Key;

/** What {@code rmsprop} can be told. */
public record RmsPropConfig(
    @Key(doc = "How far a step goes.", defaultValue = "0.001", min = 0) double learningRate,
    @Key(
            doc = "How much of the mean square is kept from step to step.",
            defaultValue = "0.9",
            min = 0,
            max = 1)
        double decay,
    @Key(
            doc = "How much of the step before is kept: 0 for none.",
            defaultValue = "0",
            min = 0,
            max = 1)
        double momentum,
    @Key(
            doc = "Keeps the step finite where gradients vanish; it is within the root.",
            defaultValue = "1e-8",
            min = 0)
        double epsilon) {

  /** Checks that what is kept fades. */
  public RmsPropConfig {
    if (decay >= 1) {
      throw new IllegalArgumentException("decay: expected a number below 1, got " + decay);
    }
    if (momentum >= 1) {
      throw new IllegalArgumentException("momentum: expected a number below 1, got " + momentum);
    }
  }
}
