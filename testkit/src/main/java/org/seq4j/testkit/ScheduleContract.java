package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.LearningRateSchedule.Progress;
import org.seq4j.core.training.LearningRateSchedule.Series;

/**
 * Contract of learning rate schedules: factors are numbers of at least 0 that depend on nothing but
 * the progress. A test extends it and implements {@link #schedule()}.
 */
public abstract class ScheduleContract {
  private static final long LAST_STEP = 100_000;
  private static final long[] STEPS = {1, 2, 10, 999, 1000, 1001, LAST_STEP, 10_000_000};

  /** Returns the schedule under test. */
  protected abstract LearningRateSchedule schedule();

  /** Returns the measures of validation that the schedule may watch; by default the loss. */
  protected List<String> measures() {
    return List.of("loss");
  }

  private Progress progress(long step, List<Double> values) {
    return new Progress(
        step,
        OptionalLong.of(LAST_STEP),
        measures().stream().collect(Collectors.toMap(name -> name, name -> series(values))));
  }

  private static Series series(List<Double> values) {
    return new Series(false, values);
  }

  @Test
  public void factorsAreNumbersOfAtLeastZero() {
    for (long step : STEPS) {
      for (List<Double> values : List.of(List.<Double>of(), List.of(3.0, 2.0, 2.5, 2.5, 2.5))) {
        assertThat(schedule().factor(progress(step, values)))
            .as("the factor of step %d after the validations %s", step, values)
            .isFinite()
            .isNotNegative();
      }
    }
  }

  @Test
  public void someFactorIsPositive() {
    double sum = 0;
    for (long step : STEPS) {
      sum += schedule().factor(progress(step, List.of()));
    }
    assertThat(sum)
        .as("the sum of the factors: with 0 throughout, nothing is learned")
        .isPositive();
  }

  @Test
  public void itHasNoState() {
    LearningRateSchedule once = schedule();
    double first = once.factor(progress(5, List.of(2.0)));
    for (long step : STEPS) {
      once.factor(progress(step, List.of(3.0, 4.0)));
    }
    assertThat(once.factor(progress(5, List.of(2.0))))
        .as(
            "the factor of step 5, computed again after those of other steps: a schedule is a"
                + " function of the progress, so that a resumed run continues exactly")
        .isEqualTo(first);
    assertThat(schedule().factor(progress(5, List.of(2.0)))).isEqualTo(first);
  }

  @Test
  public void aMeasureThatIsMissingIsToldInWords() {
    try {
      assertThat(schedule().factor(new Progress(1, Map.of()))).isFinite();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).as("the message for the user").isNotBlank();
    }
  }
}
