package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.trainer.training.TrainingResult.Best;

final class ScheduleTest {

  @Test
  void epochsEndTraining() {
    Schedule schedule = schedule("epochs: 2");
    assertThat(schedule.isFinished(state(19, 1, 9))).isFalse();
    assertThat(schedule.isFinished(state(20, 2, 0))).isTrue();
  }

  @Test
  void stepsEndTrainingIfTheyComeFirst() {
    Schedule schedule = schedule("{epochs: 2, max_steps: 5}");
    assertThat(schedule.isFinished(state(4, 0, 4))).isFalse();
    assertThat(schedule.isFinished(state(5, 0, 5))).isTrue();
    assertThat(schedule.totalSteps(state(0, 0, 0), Optional.of(10))).contains(5L);
  }

  @Test
  void progressIsThatOfWhateverEndsFirst() {
    assertThat(schedule("epochs: 2").progress(state(5, 0, 5), Optional.of(10))).isEqualTo(0.25);
    assertThat(schedule("{epochs: 2, max_steps: 10}").progress(state(5, 0, 5), Optional.of(10)))
        .isEqualTo(0.5);
  }

  @Test
  void everyEpochIsValidatedUnlessToldOtherwise() {
    Schedule schedule = schedule("epochs: 9");
    assertThat(schedule.isValidationDue(state(9, 0, 9))).isFalse();
    assertThat(schedule.isValidationDue(state(10, 1, 0))).isTrue();
  }

  @Test
  void validationMayComeBySteps() {
    Schedule schedule = schedule("{epochs: 9, validation: {every_steps: 4}}");
    assertThat(schedule.isValidationDue(state(4, 0, 4))).isTrue();
    assertThat(schedule.isValidationDue(state(5, 0, 5))).isFalse();
    assertThat(schedule.isValidationDue(state(10, 1, 0))).isFalse();
  }

  @Test
  void validationMayComeEveryFewEpochs() {
    Schedule schedule = schedule("{epochs: 9, validation: {every_epochs: 2}}");
    assertThat(schedule.isValidationDue(state(10, 1, 0))).isFalse();
    assertThat(schedule.isValidationDue(state(20, 2, 0))).isTrue();
  }

  @Test
  void theEndIsAlwaysValidated() {
    Schedule schedule = schedule("{max_steps: 5, validation: {every_steps: 4}}");
    assertThat(schedule.isValidationDue(state(5, 0, 5))).isTrue();
  }

  @Test
  void patienceCountsValidationsSinceTheBest() {
    Schedule schedule = schedule("early_stopping: {patience: 2}");
    TrainingState best = state(10, 1, 0).withBest(new Best("loss", 1, 10));
    assertThat(schedule.isExhausted(best.withoutProgress())).isFalse();
    assertThat(schedule.isExhausted(best.withoutProgress().withoutProgress())).isTrue();
    assertThat(schedule("{}").isExhausted(best.withoutProgress().withoutProgress())).isFalse();
  }

  @Test
  void thereIsOneRuleForValidation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ValidationConfig(Optional.of(1), Optional.of(1)))
        .withMessage("give either every_epochs or every_steps");
  }

  private static Schedule schedule(String training) {
    return new Schedule(Toy.training(training));
  }

  private static TrainingState state(long step, int epochs, int batch) {
    return new TrainingState(1, step, epochs, batch, Optional.empty(), 0);
  }
}
