package org.seq4j.trainer.schedule;

import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.LearningRateSchedule;

/**
 * Rises to the learning rate, then falls with the root of the step (Vaswani et al. 2017, equation
 * 3, scaled to reach 1 at its top).
 */
public final class InverseSquareRootSchedule implements LearningRateSchedule {

  /** What {@code inverse-square-root} can be told. */
  public record Config(
      @Key(
              doc =
                  "Over how many steps the learning rate rises from 0; after that many "
                      + "again it has fallen to 0.71 of its top.",
              defaultValue = "4000",
              min = 1)
          int warmup) {}

  private final Config config;

  /** Takes its keys. */
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
