package org.seq4j.trainer.training.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.trainer.training.Toy;
import org.seq4j.trainer.training.state.TrainingResult.Best;

final class TrainingStateTest {
  private static final Best BEST = new Best("exact-match", 1.0 / 3, 2);
  private static final StepTotals INTERVAL = new StepTotals(3, 50, 1.0 / 7, 1e300);

  @Test
  void comesBackFromItsTexts() {
    TrainingState state =
        TrainingState.start(-5)
            .afterStep(true, INTERVAL, Duration.ofMillis(1234))
            .afterStep(false, INTERVAL, Duration.ofHours(3))
            .afterValidation(Map.of("loss", Double.NaN, "ser", 0.1 + 0.2), List.of(BEST), true)
            .afterValidation(Map.of("loss", 1e-310, "ser", 1.0), List.of(BEST), false);
    assertThat(TrainingState.of(state.toTexts())).isEqualTo(state);
    assertThat(TrainingState.of(TrainingState.start(1).toTexts()))
        .isEqualTo(TrainingState.start(1));
  }

  @Test
  void countsEpochsFromOne() {
    TrainingState state = TrainingState.start(1);
    assertThat(state.epoch()).isEqualTo(1);
    assertThat(Toy.step(state, false).epoch()).isEqualTo(1);
    assertThat(Toy.step(state, true).epoch()).isEqualTo(1);
    assertThat(Toy.step(Toy.step(state, true), false).epoch()).isEqualTo(2);
  }

  @Test
  void whatWasBestByAnotherMeasureIsForgotten() {
    TrainingState state =
        TrainingState.start(1).afterValidation(Map.of("exact-match", 1.0), List.of(BEST), false);
    assertThat(state.watching("exact-match")).isEqualTo(state);
    assertThat(state.watching("ser").best()).isEmpty();
    assertThat(state.watching("ser").sinceBest()).isZero();
  }

  @Test
  void tellsWhatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingState.of(Map.of("seed", "1")))
        .withMessage("it has no entry step");
  }
}
