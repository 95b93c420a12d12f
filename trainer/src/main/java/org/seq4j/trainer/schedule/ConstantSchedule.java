package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.LearningRateSchedule;

/** The same learning rate from beginning to end, after a rise if asked for. */
public final class ConstantSchedule implements LearningRateSchedule {

  /** What {@code constant} can be told. */
  public record Config(
      @Key(
              doc = "Over how many steps the learning rate rises from 0 before that.",
              defaultValue = "0",
              min = 0)
          int warmup) {}

  private final Config config;

  /** Takes its keys. */
  public ConstantSchedule(Config config) {
    this.config = config;
  }

  @Override
  public double factor(Progress progress) {
    return Warmup.factor(progress.step(), config.warmup());
  }
}
