package org.seq4j.trainer.schedule;

import java.util.List;
import org.seq4j.core.config.Key;

/** What {@code step-wise} can be told. */
public record StepWiseConfig(
    @Key(doc = "After which steps it falls.", example = "[10000, 20000]", min = 1)
        List<Integer> after,
    @Key(doc = "What is left of it each time.", defaultValue = "0.5", min = 0, max = 1)
        double factor,
    @Key(
            doc = "Over how many steps the learning rate rises from 0 before that.",
            defaultValue = "0",
            min = 0)
        int warmup) {

  /** Makes the list unchangeable. */
  public StepWiseConfig {
    after = List.copyOf(after);
  }
}
