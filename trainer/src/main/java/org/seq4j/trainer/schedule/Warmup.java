package org.seq4j.trainer.schedule;

import org.seq4j.core.training.LearningRateSchedule.Progress;

/** The rise that any schedule may begin with (Goyal et al. 2017, section 2.2). */
final class Warmup {

  private Warmup() {}

  /** From a first small share in the first step to 1 in the last one of the rise, and after it. */
  static double factor(long step, int warmup) {
    return step >= warmup ? 1 : (double) step / warmup;
  }

  /** How much has been gone of the way from the end of the rise to another step, 0 to 1. */
  static double share(Progress progress, int warmup, int end) {
    double gone = (double) (progress.step() - warmup) / (end - warmup);
    return Math.min(1, Math.max(0, gone));
  }
}
