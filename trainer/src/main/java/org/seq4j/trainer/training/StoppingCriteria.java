package org.seq4j.trainer.training;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.state.TrainingState;

/**
 * Decides when to validate and when training ends, and computes its progress.
 *
 * @param config the config, with limits of epochs, steps and time, validation and early stopping
 */
record StoppingCriteria(TrainingConfig config) {

  /** Returns true if the max number of epochs or steps is reached. */
  boolean isFinished(TrainingState state) {
    return state.epochs() >= config.maxEpochs()
        || config.maxSteps().map(most -> state.step() >= most).orElse(false);
  }

  /** Returns true if training.stop_after has elapsed. */
  boolean isTimeUp(TrainingState state) {
    return config.stopAfter().map(most -> state.time().compareTo(most) >= 0).orElse(false);
  }

  /**
   * Returns true if early stopping ends training: validation has not improved for {@code patience}
   * times.
   */
  boolean isExhausted(TrainingState state) {
    return config
        .earlyStopping()
        .map(stopping -> state.sinceBest() >= stopping.patience())
        .orElse(false);
  }

  /** Returns true if validation is due after a step; always after the last one. */
  boolean isValidationDue(TrainingState state) {
    boolean endOfEpoch = state.batch() == 0;
    return isFinished(state)
        || config.validation().isDueAfterStep(state.step())
        || (endOfEpoch && config.validation().isDueAfterEpochs(state.epochs()));
  }

  /**
   * Returns the max number of steps of the round after a state: {@code training.local_steps}, or
   * fewer if the validation or the end of training is due before.
   */
  int roundLength(TrainingState state) {
    long toValidation =
        config
            .validation()
            .everySteps()
            .map(steps -> steps - state.step() % steps)
            .orElse(Long.MAX_VALUE);
    long toEnd = config.maxSteps().map(steps -> steps - state.step()).orElse(Long.MAX_VALUE);
    return (int) Math.min(config.roundSteps(), Math.min(toValidation, toEnd));
  }

  /**
   * Returns the progress of training, 0 to 1.
   *
   * @param batches the number of batches in the current epoch, if known
   */
  double progress(TrainingState state, Optional<Integer> batches) {
    double inEpoch = batches.map(count -> (double) state.batch() / count).orElse(0.0);
    double byEpochs = (state.epochs() + inEpoch) / config.maxEpochs();
    double bySteps = config.maxSteps().map(most -> (double) state.step() / most).orElse(0.0);
    double byTime =
        config
            .stopAfter()
            .map(most -> (double) state.time().toMillis() / most.toMillis())
            .orElse(0.0);
    return Math.min(1, Math.max(byTime, Math.max(byEpochs, bySteps)));
  }

  /**
   * Returns the number of the last step by epochs and max steps; empty if it is not known in
   * advance. It is the same at every step of a run.
   *
   * @param pairs the number of training pairs; empty if they are streamed
   */
  OptionalLong lastStep(OptionalInt pairs) {
    boolean countable = pairs.isPresent() && config.batch().unit() == BatchConfig.Unit.SEQUENCES;
    if (!countable) {
      return config.maxSteps().map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
    int size = config.batch().size();
    long byEpochs = (long) config.maxEpochs() * ((pairs.getAsInt() + size - 1) / size);
    return OptionalLong.of(
        config.maxSteps().map(steps -> Math.min(steps, byEpochs)).orElse(byEpochs));
  }

  /** Returns the total number of steps, assuming that all epochs have as many batches. */
  Optional<Long> totalSteps(TrainingState state, Optional<Integer> batches) {
    Optional<Long> byEpochs =
        batches.map(
            count ->
                state.step()
                    - state.batch()
                    + (long) (config.maxEpochs() - state.epochs()) * count);
    Optional<Long> bySteps = config.maxSteps().map(Long::valueOf);
    Optional<Long> total =
        byEpochs.isPresent() && bySteps.isPresent()
            ? Optional.of(Math.min(byEpochs.get(), bySteps.get()))
            : byEpochs.or(() -> bySteps);
    return total.map(steps -> Math.max(state.step(), steps));
  }
}
