package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.LearningRateSchedule;

/** Falls by the same share in the same number of steps. */
public final class ExponentialSchedule implements LearningRateSchedule {

  /** What {@code exponential} can be told. */
  public record Config(
      @Key(
              doc = "What is left of the learning rate after so many steps.",
              defaultValue = "0.5",
              min = 0,
              max = 1)
          double decay,
      @Key(doc = "After how many, from the end of the warmup.", example = "10000", min = 1)
          int steps,
      @Key(doc = "Below which share it does not fall.", defaultValue = "0", min = 0, max = 1)
          double least,
      @Key(
              doc = "Over how many steps the learning rate rises from 0 before that.",
              defaultValue = "0",
              min = 0)
          int warmup) {}

  private final Config config;

  /** Takes its keys. */
  public ExponentialSchedule(Config config) {
    this.config = config;
  }

  @Override
  public double factor(Progress progress) {
    double times = Math.max(0, progress.step() - config.warmup()) / (double) config.steps();
    return Warmup.factor(progress.step(), config.warmup())
        * Math.max(config.least(), Math.pow(config.decay(), times));
  }
}
