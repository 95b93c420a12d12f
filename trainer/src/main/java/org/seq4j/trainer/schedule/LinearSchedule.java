package org.seq4j.trainer.schedule;

import org.seq4j.core.training.LearningRateSchedule;

/** Linear decay. */
public final class LinearSchedule implements LearningRateSchedule {

  private final FallConfig config;

  /** Creates the schedule. */
  public LinearSchedule(FallConfig config) {
    this.config = config;
  }

  @Override
  public double factor(Progress progress) {
    return Warmup.factor(progress.step(), config.warmup())
        * (1 - (1 - config.min()) * config.share(progress));
  }
}
