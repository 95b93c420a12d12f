package org.seq4j.trainer.training.config;

import java.util.Optional;
import org.seq4j.core.plugin.Key;

/** The section {@code training.validation}: the interval of validation; one epoch by default. */
public record ValidationConfig(
    @Key(
            doc = "Number of epochs between validations. Absent: 1, if every_steps is absent, too.",
            min = 1)
        Optional<Integer> everyEpochs,
    @Key(
            doc = "Number of steps between validations, instead of every_epochs.",
            min = 1,
            excludes = "every_epochs")
        Optional<Integer> everySteps) {

  /** Checks that at most one of the keys is set. */
  public ValidationConfig {
    if (everyEpochs.isPresent() && everySteps.isPresent()) {
      throw new IllegalArgumentException("set either every_epochs or every_steps");
    }
  }

  /** Returns a config that validates after every {@code epochs} epochs. */
  public static ValidationConfig everyEpochs(int epochs) {
    return new ValidationConfig(Optional.of(epochs), Optional.empty());
  }

  /** Returns a config that validates after every {@code steps} steps. */
  public static ValidationConfig everySteps(int steps) {
    return new ValidationConfig(Optional.empty(), Optional.of(steps));
  }

  /** Returns true if validation is due after a step, within an epoch. */
  public boolean isDueAfterStep(long step) {
    return everySteps.isPresent() && step % everySteps.get() == 0;
  }

  /** Returns true if validation is due at the end of an epoch. */
  public boolean isDueAfterEpochs(long epochs) {
    return everySteps.isEmpty() && epochs % everyEpochs.orElse(1) == 0;
  }
}
