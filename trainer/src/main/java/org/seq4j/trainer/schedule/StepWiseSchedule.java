package org.seq4j.trainer.schedule;

import java.util.List;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.LearningRateSchedule;

/** Decay at given steps. */
public final class StepWiseSchedule implements LearningRateSchedule {

  /** The keys of {@code step-wise}. */
  public record Config(
      @Key(doc = "Steps after which the learning rate decays.", example = "[10000, 20000]", min = 1)
          List<Integer> after,
      @Key(doc = "Factor by which it decays each time.", defaultValue = "0.5", min = 0, max = 1)
          double factor,
      @Key(
              doc = "Number of warmup steps, in which the learning rate rises linearly from 0.",
              defaultValue = "0",
              min = 0)
          int warmup) {

    /** Copies the list. */
    public Config {
      after = List.copyOf(after);
    }
  }

  private final Config config;

  /** Creates the schedule. */
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
