package org.seq4j.core.training;

import java.util.List;
import java.util.Map;
import org.seq4j.core.plugin.Kind;

/**
 * How the learning rate changes in the course of training. It keeps nothing from one question to
 * the next: what it says follows from how far training is, so that a run which goes on is told the
 * same.
 */
@Kind("schedule")
@FunctionalInterface
public interface LearningRateSchedule {

  /**
   * By what the optimizer's learning rate is multiplied in a step.
   *
   * @return at least 0
   */
  double factor(Progress progress);

  /**
   * How far training is.
   *
   * @param step the number of the step, from 1
   * @param validations what validations before it gave, by the name of the measure: {@code loss},
   *     and the metrics of the experiment
   */
  record Progress(long step, Map<String, Series> validations) {

    /** Makes the map unchangeable. */
    public Progress {
      validations = Map.copyOf(validations);
    }
  }

  /**
   * The values of a measure, oldest first.
   *
   * @param higherIsBetter whether a larger value is a better one
   * @param values one a validation
   */
  record Series(boolean higherIsBetter, List<Double> values) {

    /** Makes the list unchangeable. */
    public Series {
      values = List.copyOf(values);
    }
  }
}
