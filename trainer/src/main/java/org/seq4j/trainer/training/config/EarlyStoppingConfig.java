package org.seq4j.trainer.training.config;

import org.seq4j.core.plugin.Key;

/** The section {@code training.early_stopping}: the criterion of early stopping. */
public record EarlyStoppingConfig(
    @Key(
            doc =
                "Metric to watch on the validation data: loss, or one of evaluation.metrics. It also"
                    + " determines the best checkpoint, so checkpoints.best_by must be the same.",
            defaultValue = "loss")
        String metric,
    @Key(
            doc =
                "Number of consecutive validations without a new best after which training stops.",
            defaultValue = "5",
            min = 1)
        int patience) {

  /** The name of the validation loss among the metrics. */
  public static final String LOSS = "loss";

  /** Checks the patience for configs that a program creates. */
  public EarlyStoppingConfig {
    if (patience < 1) {
      throw new IllegalArgumentException("patience: expected at least 1, got " + patience);
    }
  }
}
