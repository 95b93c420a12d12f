package org.seq4j.trainer.optimizer;

import org.seq4j.core.config.Key;

/** What {@code adadelta} can be told. */
public record AdadeltaConfig(
    @Key(doc = "How far a step goes: 1 in the paper.", defaultValue = "1.0", min = 0)
        double learningRate,
    @Key(
            doc = "How much of the mean squares is kept from step to step: rho in the " + "paper.",
            defaultValue = "0.95",
            min = 0,
            max = 1)
        double decay,
    @Key(doc = "Starts the steps, and keeps them finite.", defaultValue = "1e-6", min = 0)
        double epsilon) {

  /** Checks that what is kept fades. */
  public AdadeltaConfig {
    if (decay >= 1) {
      throw new IllegalArgumentException("decay: expected a number below 1, got " + decay);
    }
  }
}
