package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;

/** The keys of {@code linear} and {@code cosine}. */
@MovedKey(from = "least", to = "min")
public record FallConfig(
    @Key(doc = "Step at which the decay ends.", example = "20000", min = 1) int steps,
    @Key(
            doc = "Final learning rate, as a share of the configured one.",
            defaultValue = "0",
            min = 0,
            max = 1)
        double min,
    @Key(
            doc = "Number of warmup steps, in which the learning rate rises linearly from 0.",
            defaultValue = "0",
            min = 0)
        int warmup) {

  /** Checks that the decay ends after the warmup. */
  public FallConfig {
    if (steps <= warmup) {
      throw new IllegalArgumentException(
          "steps: expected more than warmup, which is " + warmup + ", got " + steps);
    }
  }
}
