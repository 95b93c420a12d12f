package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.Key;

/** What {@code linear} and {@code cosine} can be told. */
public record FallConfig(
    @Key(doc = "At which step the fall ends.", example = "20000", min = 1) int steps,
    @Key(
            doc = "What is left of the learning rate there, as a share.",
            defaultValue = "0",
            min = 0,
            max = 1)
        double least,
    @Key(
            doc = "Over how many steps the learning rate rises from 0 before that.",
            defaultValue = "0",
            min = 0)
        int warmup) {

  /** Checks that there are steps to fall in. */
  public FallConfig {
    if (steps <= warmup) {
      throw new IllegalArgumentException(
          "steps: expected more than the warmup of " + warmup + ", got " + steps);
    }
  }
}
