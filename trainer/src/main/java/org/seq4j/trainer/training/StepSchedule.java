package org.seq4j.trainer.training;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.seq4j.core.training.LearningRateSchedule;
import org.seq4j.trainer.training.config.ScheduledSamplingConfig;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.state.TrainingState;

/**
 * Says what is special about each step: it follows from where training is.
 *
 * @param schedule of the learning rate
 * @param sampling if the model reads its own tokens, too
 * @param higherIsBetter of what a validation measures, by name; empty if there is none
 */
record StepSchedule(
    LearningRateSchedule schedule,
    Optional<ScheduledSamplingConfig> sampling,
    Map<String, Boolean> higherIsBetter) {

  /** The settings of the step after a state. */
  StepSettings after(TrainingState state) {
    long step = state.step() + 1;
    Map<String, LearningRateSchedule.Series> validations = new TreeMap<>();
    higherIsBetter.forEach(
        (measure, higher) ->
            validations.put(
                measure, new LearningRateSchedule.Series(higher, state.values(measure))));
    return new StepSettings(
        schedule.factor(new LearningRateSchedule.Progress(step, validations)),
        sampling.map(config -> config.truth(step)).orElse(1.0));
  }
}
