package org.seq4j.trainer.training;

/**
 * When training is done, and how much of it is.
 *
 * @param config says how many epochs and steps there are to be, and when to validate and stop early
 */
record Schedule(TrainingConfig config) {

  /** Whether all epochs or steps have been made. */
  boolean isFinished(TrainingState state) {
    return state.epochs() >= config.epochs()
        || config.maxSteps().map(most -> state.step() >= most).orElse(false);
  }

  /** Whether the validation data have shown no progress for too long. */
  boolean isExhausted(TrainingState state) {
    return config
        .earlyStopping()
        .map(stopping -> state.sinceBest() >= stopping.patience())
        .orElse(false);
  }

  /** Whether to validate now, after a step; always after the last one. */
  boolean isValidationDue(TrainingState state) {
    boolean endOfEpoch = state.batch() == 0;
    return isFinished(state)
        || config.validation().isDueAfterStep(state.step())
        || (endOfEpoch && config.validation().isDueAfterEpochs(state.epochs()));
  }

  /**
   * How much is done, 0 to 1.
   *
   * @param batches how many batches the epoch at hand has
   */
  double progress(TrainingState state, int batches) {
    double byEpochs = (state.epochs() + (double) state.batch() / batches) / config.epochs();
    double bySteps = config.maxSteps().map(most -> (double) state.step() / most).orElse(0.0);
    return Math.min(1, Math.max(byEpochs, bySteps));
  }

  /** How many steps there will be, if all epochs have as many batches. */
  long totalSteps(TrainingState state, int batches) {
    long byEpochs =
        state.step() - state.batch() + (long) (config.epochs() - state.epochs()) * batches;
    return Math.max(
        state.step(), config.maxSteps().map(most -> Math.min(most, byEpochs)).orElse(byEpochs));
  }
}
