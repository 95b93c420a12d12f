package org.seq4j.trainer.training.step;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.trainer.training.config.ScheduledSamplingConfig;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.state.TrainingState;

/**
 * Computes the settings of each step from the state of training.
 *
 * @param schedule the schedule of the learning rate
 * @param lastStep number of the last step; empty if it is not known in advance
 * @param sampling the scheduled sampling, if any
 * @param additionalLossesFrom the first step in which the losses of the model's components count
 * @param higherIsBetter true for each measure of validation whose higher values are better, by
 *     name; empty without validation
 */
public record StepSchedule(
    LearningRateSchedule schedule,
    OptionalLong lastStep,
    Optional<ScheduledSamplingConfig> sampling,
    long additionalLossesFrom,
    Map<String, Boolean> higherIsBetter) {

  /** Returns the settings of the step after a state. */
  StepSettings after(TrainingState state) {
    long step = state.step() + 1;
    Map<String, LearningRateSchedule.Series> validations = new TreeMap<>();
    higherIsBetter.forEach(
        (measure, higher) ->
            validations.put(
                measure, new LearningRateSchedule.Series(higher, state.values(measure))));
    return new StepSettings(
        schedule.factor(new LearningRateSchedule.Progress(step, lastStep, validations)),
        sampling.map(config -> config.truth(step)).orElse(1.0),
        step < additionalLossesFrom ? 0 : 1);
  }
}
