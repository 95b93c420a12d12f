package org.seq4j.trainer.schedule;

import org.seq4j.core.training.LearningRateSchedule;

/** Decay along half a cosine wave (Loshchilov and Hutter 2017, equation 5, without restarts). */
public final class CosineSchedule implements LearningRateSchedule {

  private final FallConfig config;

  /** Creates the schedule. */
  public CosineSchedule(FallConfig config) {
    this.config = config;
  }

  @Override
  public double factor(Progress progress) {
    double share = config.share(progress);
    return Warmup.factor(progress.step(), config.warmup())
        * (config.min() + (1 - config.min()) * (1 + Math.cos(Math.PI * share)) / 2);
  }
}
