package org.seq4j.trainer.training.config;

import java.util.Optional;
import org.seq4j.core.plugin.Key;

/** The section {@code training.checkpoints}: the checkpoints to keep. */
public record CheckpointConfig(
    @Key(
            doc =
                "Number of latest checkpoints to keep. Training resumes from the last one or, if it is"
                    + " damaged, from the previous one.",
            defaultValue = "2",
            min = 1)
        int keepLast,
    @Key(
            doc =
                "Number of checkpoints to keep that are best on the validation data; seq4j average"
                    + " averages them into one model.",
            defaultValue = "3",
            min = 1)
        int keepBest,
    @Key(
            doc =
                "Metric that determines the best checkpoint, and by which sweeps rank: loss, or one of"
                    + " evaluation.metrics. Absent: the metric of early_stopping; without it, loss.",
            example = "bleu")
        Optional<String> bestBy) {

  /** Checks the numbers for configs that a program creates. */
  public CheckpointConfig {
    if (keepLast < 1 || keepBest < 1) {
      throw new IllegalArgumentException("keep_last and keep_best: expected at least 1 of each");
    }
  }
}
