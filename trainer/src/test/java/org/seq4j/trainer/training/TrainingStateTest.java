package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.trainer.training.TrainingResult.Best;

final class TrainingStateTest {

  @Test
  void comesBackFromItsTexts() {
    TrainingState state =
        TrainingState.start(-5)
            .afterStep(true)
            .afterStep(false)
            .withBest(new Best("exact-match", 1.0 / 3, 2))
            .withoutProgress();
    assertThat(TrainingState.of(state.toTexts())).isEqualTo(state);
    assertThat(TrainingState.of(TrainingState.start(1).toTexts()))
        .isEqualTo(TrainingState.start(1));
  }

  @Test
  void countsEpochsFromOne() {
    TrainingState state = TrainingState.start(1);
    assertThat(state.epoch()).isEqualTo(1);
    assertThat(state.afterStep(false).epoch()).isEqualTo(1);
    assertThat(state.afterStep(true).epoch()).isEqualTo(1);
    assertThat(state.afterStep(true).afterStep(false).epoch()).isEqualTo(2);
  }

  @Test
  void whatWasBestByAnotherMeasureIsForgotten() {
    TrainingState state = TrainingState.start(1).withBest(new Best("loss", 1, 0)).withoutProgress();
    assertThat(state.watching("loss")).isEqualTo(state);
    assertThat(state.watching("ser").best()).isEmpty();
    assertThat(state.watching("ser").sinceBest()).isZero();
  }

  @Test
  void tellsWhatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingState.of(Map.of("seed", "1")))
        .withMessage("it does not tell step");
  }
}
