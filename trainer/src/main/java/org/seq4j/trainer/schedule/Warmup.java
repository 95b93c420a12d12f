package org.seq4j.trainer.schedule;

import org.seq4j.core.training.LearningRateSchedule.Progress;

/** The linear warmup that any schedule may begin with (Goyal et al. 2017, section 2.2). */
final class Warmup {

  private Warmup() {}

  /**
   * Returns the factor of a step: it rises from 1 / warmup in the first step to 1 at the end of the
   * warmup.
   */
  static double factor(long step, int warmup) {
    return step >= warmup ? 1 : (double) step / warmup;
  }

  /** Returns the progress from the end of the warmup to step {@code end}, 0 to 1. */
  static double share(Progress progress, int warmup, long end) {
    double gone = (double) (progress.step() - warmup) / Math.max(1, end - warmup);
    return Math.min(1, Math.max(0, gone));
  }
}
