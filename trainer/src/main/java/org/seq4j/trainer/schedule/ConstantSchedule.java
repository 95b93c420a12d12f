package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.LearningRateSchedule;

/** A constant learning rate, after an optional warmup. */
public final class ConstantSchedule implements LearningRateSchedule {

  /** The keys of {@code constant}. */
  public record Config(
      @Key(
              doc = "Number of warmup steps, in which the learning rate rises linearly from 0.",
              defaultValue = "0",
              min = 0)
          int warmup) {}

  private final Config config;

  /** Creates the schedule. */
  public ConstantSchedule(Config config) {
    this.config = config;
  }

  @Override
  public double factor(Progress progress) {
    return Warmup.factor(progress.step(), config.warmup());
  }
}
