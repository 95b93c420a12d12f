package org.seq4j.trainer.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.state.TrainingState;

final class StepScheduleTest {
  @Test
  void lossesOfComponentsBeginWithTheirFirstStep() {
    TrainingState before = TrainingState.start(1); // the next step is the first one
    assertThat(after(before, 1)).isEqualTo(new StepSettings(0.5, 1, 1));
    assertThat(after(before, 2)).isEqualTo(new StepSettings(0.5, 1, 0));
  }

  private static StepSettings after(TrainingState state, long additionalLossesFrom) {
    return new StepSchedule(
            progress -> 0.5, OptionalLong.empty(), Optional.empty(), additionalLossesFrom, Map.of())
        .after(state);
  }
}
