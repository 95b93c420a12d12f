package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.LearningRateSchedule;

/**
 * Linear warmup, then decay with the inverse square root of the step (Vaswani et al. 2017, equation
 * 3, scaled to a maximum of 1).
 */
public final class InverseSquareRootSchedule implements LearningRateSchedule {

  /** The keys of {@code inverse-square-root}. */
  public record Config(
      @Key(
              doc =
                  "Number of warmup steps, in which the learning rate rises linearly from 0; after as many"
                      + " further steps it has decayed to 0.71 of its maximum.",
              defaultValue = "4000",
              min = 1)
          int warmup) {}

  private final Config config;

  /** Creates the schedule. */
  public InverseSquareRootSchedule(Config config) {
    this.config = config;
  }

  @Override
  public double factor(Progress progress) {
    return Math.min(
        Warmup.factor(progress.step(), config.warmup()),
        Math.sqrt((double) config.warmup() / progress.step()));
  }
}
