package org.seq4j.trainer.training.config;

import org.seq4j.core.plugin.Key;

/** When to stop before the last epoch. */
public record EarlyStoppingConfig(
    @Key(
            doc =
                "What is watched on the validation data: loss, or one of evaluation.metrics. The"
                    + " best checkpoint is the one that is best by it.",
            defaultValue = "loss")
        String metric,
    @Key(
            doc = "Stop after so many validations in a row without a new best.",
            defaultValue = "5",
            min = 1)
        int patience) {

  /** The name of the validation loss among the metrics. */
  public static final String LOSS = "loss";

  /** Checks the patience for those who make one without a config file. */
  public EarlyStoppingConfig {
    if (patience < 1) {
      throw new IllegalArgumentException("patience: expected at least 1, got " + patience);
    }
  }
}
