package org.seq4j.trainer.training;

import java.util.Optional;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.state.TrainingState;

/**
 * When training is done, and how much of it is.
 *
 * @param config says how many epochs and steps there are to be, and when to validate and stop early
 */
record StoppingCriteria(TrainingConfig config) {

  /** Whether all epochs or steps have been made. */
  boolean isFinished(TrainingState state) {
    return state.epochs() >= config.epochs()
        || config.maxSteps().map(most -> state.step() >= most).orElse(false);
  }

  /** Whether the time that training may take has been used up. */
  boolean isTimeUp(TrainingState state) {
    return config.stopAfter().map(most -> state.time().compareTo(most) >= 0).orElse(false);
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
   * @param batches how many batches the epoch at hand has, if that is known
   */
  double progress(TrainingState state, Optional<Integer> batches) {
    double inEpoch = batches.map(count -> (double) state.batch() / count).orElse(0.0);
    double byEpochs = (state.epochs() + inEpoch) / config.epochs();
    double bySteps = config.maxSteps().map(most -> (double) state.step() / most).orElse(0.0);
    double byTime =
        config
            .stopAfter()
            .map(most -> (double) state.time().toMillis() / most.toMillis())
            .orElse(0.0);
    return Math.min(1, Math.max(byTime, Math.max(byEpochs, bySteps)));
  }

  /** How many steps there will be, if all epochs have as many batches. */
  Optional<Long> totalSteps(TrainingState state, Optional<Integer> batches) {
    Optional<Long> byEpochs =
        batches.map(
            count ->
                state.step() - state.batch() + (long) (config.epochs() - state.epochs()) * count);
    Optional<Long> bySteps = config.maxSteps().map(Long::valueOf);
    Optional<Long> total =
        byEpochs.isPresent() && bySteps.isPresent()
            ? Optional.of(Math.min(byEpochs.get(), bySteps.get()))
            : byEpochs.or(() -> bySteps);
    return total.map(steps -> Math.max(state.step(), steps));
  }
}
