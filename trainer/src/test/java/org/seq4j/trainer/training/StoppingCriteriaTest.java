package org.seq4j.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.seq4j.trainer.training.config.ValidationConfig;
import org.seq4j.trainer.training.state.StepTotals;
import org.seq4j.trainer.training.state.TrainingState;

final class StoppingCriteriaTest {

  @Test
  void epochsEndTraining() {
    StoppingCriteria course = course("epochs: 2");
    assertThat(course.isFinished(state(19, 1, 9))).isFalse();
    assertThat(course.isFinished(state(20, 2, 0))).isTrue();
  }

  @Test
  void stepsEndTrainingIfTheyComeFirst() {
    StoppingCriteria course = course("{epochs: 2, max_steps: 5}");
    assertThat(course.isFinished(state(4, 0, 4))).isFalse();
    assertThat(course.isFinished(state(5, 0, 5))).isTrue();
    assertThat(course.totalSteps(state(0, 0, 0), Optional.of(10))).contains(5L);
  }

  @Test
  void epochsAreLimitedByDefaultUnlessStepsAre() {
    assertThat(course("{}").isFinished(state(199, 19, 9))).isFalse();
    assertThat(course("{}").isFinished(state(200, 20, 0))).isTrue();
    StoppingCriteria bySteps = course("{max_steps: 500, batch: {size: 10}}");
    assertThat(bySteps.isFinished(state(490, 49, 0))).isFalse();
    assertThat(bySteps.isFinished(state(500, 50, 0))).isTrue();
    assertThat(bySteps.totalSteps(state(250, 25, 0), Optional.of(10))).contains(500L);
    assertThat(bySteps.lastStep(OptionalInt.of(100))).hasValue(500);
    assertThat(bySteps.progress(state(250, 25, 0), Optional.of(10))).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void progressIsThatOfWhateverEndsFirst() {
    assertThat(course("epochs: 2").progress(state(5, 0, 5), Optional.of(10))).isEqualTo(0.25);
    assertThat(course("{epochs: 2, max_steps: 10}").progress(state(5, 0, 5), Optional.of(10)))
        .isEqualTo(0.5);
  }

  @Test
  void everyEpochIsValidatedUnlessToldOtherwise() {
    StoppingCriteria course = course("epochs: 9");
    assertThat(course.isValidationDue(state(9, 0, 9))).isFalse();
    assertThat(course.isValidationDue(state(10, 1, 0))).isTrue();
  }

  @Test
  void validationMayComeBySteps() {
    StoppingCriteria course = course("{epochs: 9, validation: {every_steps: 4}}");
    assertThat(course.isValidationDue(state(4, 0, 4))).isTrue();
    assertThat(course.isValidationDue(state(5, 0, 5))).isFalse();
    assertThat(course.isValidationDue(state(10, 1, 0))).isFalse();
  }

  @Test
  void validationMayComeEveryFewEpochs() {
    StoppingCriteria course = course("{epochs: 9, validation: {every_epochs: 2}}");
    assertThat(course.isValidationDue(state(10, 1, 0))).isFalse();
    assertThat(course.isValidationDue(state(20, 2, 0))).isTrue();
  }

  @Test
  void theEndIsAlwaysValidated() {
    StoppingCriteria course = course("{max_steps: 5, validation: {every_steps: 4}}");
    assertThat(course.isValidationDue(state(5, 0, 5))).isTrue();
  }

  @Test
  void patienceCountsValidationsSinceTheBest() {
    StoppingCriteria course = course("early_stopping: {patience: 2}");
    TrainingState once = withoutProgress(state(10, 1, 0));
    assertThat(course.isExhausted(once)).isFalse();
    assertThat(course.isExhausted(withoutProgress(once))).isTrue();
    assertThat(course("{}").isExhausted(withoutProgress(once))).isFalse();
  }

  private static TrainingState withoutProgress(TrainingState state) {
    return state.afterValidation(Map.of("loss", 2.0), state.bests(), false);
  }

  @Test
  void timeEndsTrainingHoweverManySessionsItTook() {
    StoppingCriteria course = course("stop_after: 1m30s");
    TrainingState state = state(0, 0, 0).afterStep(false, StepTotals.EMPTY, Duration.ofSeconds(89));
    assertThat(course.isTimeUp(state)).isFalse();
    assertThat(course.isTimeUp(state.afterStep(false, StepTotals.EMPTY, Duration.ofSeconds(90))))
        .isTrue();
    assertThat(course("{}").isTimeUp(state)).isFalse();
  }

  @Test
  void thereIsOneRuleForValidation() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ValidationConfig(Optional.of(1), Optional.of(1)))
        .withMessage("set either every_epochs or every_steps");
  }

  @Test
  void theLastStepIsKnownWhereBatchesAreCounted() {
    assertThat(course("{epochs: 3, batch: {size: 10}}").lastStep(OptionalInt.of(25))).hasValue(9);
    assertThat(course("{epochs: 3, batch: {size: 10}, max_steps: 4}").lastStep(OptionalInt.of(25)))
        .hasValue(4);
    assertThat(course("{epochs: 3}").lastStep(OptionalInt.empty())).isEmpty();
    assertThat(course("{batch: {size: 10, unit: tokens}}").lastStep(OptionalInt.of(25))).isEmpty();
  }

  private static StoppingCriteria course(String training) {
    return new StoppingCriteria(Toy.training(training));
  }

  private static TrainingState state(long step, int epochs, int batch) {
    return Toy.state(step, epochs, batch);
  }
}
