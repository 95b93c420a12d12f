package org.seq4j.trainer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.core.training.LearningRateSchedule.Progress;
import org.seq4j.core.training.LearningRateSchedule.Series;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.plugin.PluginLoader;

final class SchedulesTest {

  private record Config(Component<LearningRateSchedule> schedule) {}

  private static LearningRateSchedule schedule(String yaml) {
    ConfigReader reader = new ConfigReader(new PluginLoader().classPath());
    return reader
        .bind(reader.parse(Path.of("x.yaml"), "schedule: " + yaml, List.of()), Config.class)
        .schedule()
        .create(new ComponentContext(Path.of(".")));
  }

  private static double at(String yaml, long step) {
    return schedule(yaml).factor(new Progress(step, Map.of()));
  }

  private static void check(String yaml, double... stepsAndFactors) {
    for (int i = 0; i < stepsAndFactors.length; i += 2) {
      assertThat(at(yaml, (long) stepsAndFactors[i]))
          .as("%s at step %.0f", yaml, stepsAndFactors[i])
          .isCloseTo(stepsAndFactors[i + 1], within(1e-9));
    }
  }

  @Test
  void constantStays() {
    check("constant", 1, 1, 1e6, 1);
  }

  @Test
  void anyMayRiseFirst() {
    check("{type: constant, warmup: 4}", 1, 0.25, 2, 0.5, 4, 1, 5, 1);
    check("{type: linear, steps: 10, warmup: 4}", 2, 0.5, 4, 1, 7, 0.5);
  }

  /** Vaswani et al. 2017: min(step^-0.5, step * warmup^-1.5), by its value at the top. */
  @Test
  void inverseSquareRootIsThatOfThePaper() {
    for (double step : new double[] {1, 50, 100, 101, 400, 10_000}) {
      double paper = Math.min(Math.pow(step, -0.5), step * Math.pow(100, -1.5));
      check("{type: inverse-square-root, warmup: 100}", step, paper / Math.pow(100, -0.5));
    }
  }

  @Test
  void linearFallsToItsEnd() {
    check("{type: linear, steps: 100}", 50, 0.5, 100, 0, 200, 0);
    check("{type: linear, steps: 100, min: 0.2}", 50, 0.6, 100, 0.2, 200, 0.2);
  }

  @Test
  void cosineFallsAlongHalfAWave() {
    check("{type: cosine, steps: 90}", 30, 0.75, 45, 0.5, 60, 0.25, 90, 0, 91, 0);
    check("{type: cosine, steps: 90, min: 0.5}", 45, 0.75, 90, 0.5);
  }

  @Test
  void exponentialFallsByTheSameShare() {
    check("{type: exponential, steps: 10, decay: 0.25}", 5, 0.5, 10, 0.25, 20, 0.0625);
    check("{type: exponential, steps: 10, decay: 0.25, min: 0.1}", 20, 0.1);
    check("{type: exponential, steps: 10, decay: 0.25, warmup: 10}", 10, 1, 20, 0.25);
  }

  @Test
  void stepWiseFallsAfterEachStep() {
    check("{type: step-wise, after: [10, 20], factor: 0.1}", 10, 1, 11, 0.1, 20, 0.1, 21, 0.01);
  }

  @Test
  void withoutStepsTheyFallUntilTheLastStepOfTraining() {
    for (String type : List.of("linear", "cosine")) {
      LearningRateSchedule schedule = schedule("{type: " + type + "}");
      assertThat(schedule.factor(new Progress(10, OptionalLong.of(20), Map.of())))
          .isCloseTo(0.5, within(1e-9));
      assertThat(schedule.factor(new Progress(20, OptionalLong.of(20), Map.of())))
          .isCloseTo(0, within(1e-9));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> schedule.factor(new Progress(1, Map.of())))
          .withMessageContaining("set the key steps of the schedule");
    }
  }

  @Test
  void plateauFallsWhenValidationsShowNoProgress() {
    LearningRateSchedule schedule = schedule("{type: plateau, patience: 2, factor: 0.5}");
    assertThat(plateau(schedule, 5, 4)).isEqualTo(1);
    assertThat(plateau(schedule, 5, 4, 4)).isEqualTo(1);
    assertThat(plateau(schedule, 5, 4, 4, 6)).isEqualTo(0.5);
    assertThat(plateau(schedule, 5, 4, 4, 6, 3, 3)).isEqualTo(0.5);
    assertThat(plateau(schedule, 5, 4, 4, 6, 4, 4)).isEqualTo(0.25);
  }

  @Test
  void plateauKnowsWhichWayIsBetter() {
    LearningRateSchedule schedule =
        schedule("{type: plateau, metric: bleu, patience: 1, factor: 0.5}");
    Map<String, Series> rising = Map.of("bleu", new Series(true, List.of(1.0, 2.0, 3.0)));
    Map<String, Series> falling = Map.of("bleu", new Series(true, List.of(3.0, 2.0, 1.0)));
    assertThat(schedule.factor(new Progress(9, rising))).isEqualTo(1);
    assertThat(schedule.factor(new Progress(9, falling))).isEqualTo(0.25);
  }

  @Test
  void plateauDoesNotFallBelowItsLeast() {
    LearningRateSchedule schedule = schedule("{type: plateau, patience: 1, min: 0.3}");
    assertThat(plateau(schedule, 1, 1, 1, 1, 1, 1)).isEqualTo(0.3);
  }

  private static double plateau(LearningRateSchedule schedule, double... losses) {
    List<Double> values = Arrays.stream(losses).boxed().toList();
    return schedule.factor(new Progress(9, Map.of("loss", new Series(false, values))));
  }

  @Test
  void plateauTellsWhatItCannotWatch() {
    LearningRateSchedule schedule = schedule("{type: plateau, metric: bleu}");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule.factor(new Progress(1, Map.of())))
        .withMessage("the schedule plateau needs validation data. Add data.dev or data.held_out");
    Series none = new Series(false, List.of());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> schedule.factor(new Progress(1, Map.of("loss", none, "ser", none))))
        .withMessage(
            "the schedule plateau watches 'bleu', which is neither loss nor one of"
                + " evaluation.metrics; available: [loss, ser]");
  }

  @Test
  void aFallNeedsStepsAfterTheRise() {
    assertThatThrownBy(() -> schedule("{type: cosine, steps: 100, warmup: 100}"))
        .hasMessageContaining("steps: expected more than warmup, which is 100, got 100");
  }
}
