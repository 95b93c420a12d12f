package org.seq4j.trainer.training.config;

import java.util.Optional;
import org.seq4j.core.plugin.Key;

/** When the model is validated and saved: after every epoch if nothing else is given. */
public record ValidationConfig(
    @Key(doc = "Validate after so many epochs. Absent: 1, if every_steps is absent too.", min = 1)
        Optional<Integer> everyEpochs,
    @Key(doc = "Validate after so many steps, instead of every_epochs.", min = 1)
        Optional<Integer> everySteps) {

  /** Checks that there is one rule. */
  public ValidationConfig {
    if (everyEpochs.isPresent() && everySteps.isPresent()) {
      throw new IllegalArgumentException("give either every_epochs or every_steps");
    }
  }

  /** After every so many epochs. */
  public static ValidationConfig everyEpochs(int epochs) {
    return new ValidationConfig(Optional.of(epochs), Optional.empty());
  }

  /** After every so many steps. */
  public static ValidationConfig everySteps(int steps) {
    return new ValidationConfig(Optional.empty(), Optional.of(steps));
  }

  /** Whether it is time within an epoch, after a step. */
  public boolean isDueAfterStep(long step) {
    return everySteps.isPresent() && step % everySteps.get() == 0;
  }

  /** Whether it is time at the end of an epoch. */
  public boolean isDueAfterEpochs(long epochs) {
    return everySteps.isEmpty() && epochs % everyEpochs.orElse(1) == 0;
  }
}
