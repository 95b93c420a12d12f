package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.plugin.MovedKey;
import org.seq4j.core.training.LearningRateSchedule;

/** Exponential decay: by a constant factor in a constant number of steps. */
public final class ExponentialSchedule implements LearningRateSchedule {

  /** The keys of {@code exponential}. */
  @MovedKey(from = "least", to = "min")
  public record Config(
      @Key(
              doc = "Factor by which the learning rate decays in the given number of steps.",
              defaultValue = "0.5",
              min = 0,
              max = 1)
          double decay,
      @Key(
              doc = "Number of steps for one decay factor, from the end of the warmup.",
              example = "10000",
              min = 1)
          int steps,
      @Key(
              doc = "Min learning rate, as a share of the configured one.",
              defaultValue = "0",
              min = 0,
              max = 1)
          double min,
      @Key(
              doc = "Number of warmup steps, in which the learning rate rises linearly from 0.",
              defaultValue = "0",
              min = 0)
          int warmup) {}

  private final Config config;

  /** Creates the schedule. */
  public ExponentialSchedule(Config config) {
    this.config = config;
  }

  @Override
  public double factor(Progress progress) {
    double times = Math.max(0, progress.step() - config.warmup()) / (double) config.steps();
    return Warmup.factor(progress.step(), config.warmup())
        * Math.max(config.min(), Math.pow(config.decay(), times));
  }
}
