package org.seq4j.trainer.optimizer;

import org.seq4j.core.config.Key;

/** What {@code sgd} can be told. */
public record SgdConfig(
    @Key(doc = "How far a step goes.", defaultValue = "0.1", min = 0) double learningRate,
    @Key(
            doc = "How much of the step before is kept: 0 for none (Polyak 1964).",
            defaultValue = "0",
            min = 0,
            max = 1)
        double momentum,
    @Key(
            doc =
                "Whether the gradient is looked at where the momentum leads to "
                    + "(Sutskever et al. 2013).",
            defaultValue = "false")
        boolean nesterov) {

  /** Checks that what is kept fades. */
  public SgdConfig {
    if (momentum >= 1) {
      throw new IllegalArgumentException("momentum: expected a number below 1, got " + momentum);
    }
  }
}
