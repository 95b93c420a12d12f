package org.seq4j.trainer.schedule;

import java.util.List;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.LearningRateSchedule;

/** Falls at given steps. */
public final class StepWiseSchedule implements LearningRateSchedule {

  /** What {@code step-wise} can be told. */
  public record Config(
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
    public Config {
      after = List.copyOf(after);
    }
  }

  private final Config config;

  /** Takes its keys. */
  public StepWiseSchedule(Config config) {
    this.config = config;
  }

  @Override
  public double factor(Progress progress) {
    return Warmup.factor(progress.step(), config.warmup())
        * Math.pow(
            config.factor(),
            (double) config.after().stream().filter(step -> progress.step() > step).count());
  }
}
