package org.seq4j.trainer.training.config;

import org.seq4j.core.plugin.Key;

/** Which checkpoints of a run are kept. */
public record CheckpointConfig(
    @Key(
            doc =
                "How many of the latest ones, from which training can go on: should one be damaged,"
                    + " the one before it is used.",
            defaultValue = "2",
            min = 1)
        int keepLast,
    @Key(
            doc =
                "How many of those that did best on the validation data, for use; seq4j average"
                    + " makes one model of them.",
            defaultValue = "1",
            min = 1)
        int keepBest) {

  /** Checks the numbers for those who make one without a config file. */
  public CheckpointConfig {
    if (keepLast < 1 || keepBest < 1) {
      throw new IllegalArgumentException("at least one checkpoint must be kept of each sort");
    }
  }
}
