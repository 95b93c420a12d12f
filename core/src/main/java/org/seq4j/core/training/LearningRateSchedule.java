package org.seq4j.core.training;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.seq4j.core.plugin.Kind;

/**
 * A learning rate schedule. It is a function of the training progress, without state, so that a
 * resumed run continues with the same learning rates.
 */
@Kind("schedule")
@FunctionalInterface
public interface LearningRateSchedule {

  /**
   * Computes the factor that the optimizer's learning rate is multiplied by in a step.
   *
   * @return at least 0
   * @throws IllegalArgumentException if {@code progress} lacks a validation result that the
   *     schedule needs; the message is for the user. It is also called for step 1 before training
   *     begins, to check this
   */
  double factor(Progress progress);

  /**
   * The progress of training.
   *
   * @param step number of the step, from 1
   * @param lastStep number of the last step of training; empty if it is not known in advance
   * @param validations results of the previous validations by name: {@code loss}, and the metrics
   *     of the experiment; an empty map if the experiment has no validation data
   */
  record Progress(long step, OptionalLong lastStep, Map<String, Series> validations) {

    /** Copies the map. */
    public Progress {
      validations = Map.copyOf(validations);
    }

    /** Creates the progress of a training whose length is not known. */
    public Progress(long step, Map<String, Series> validations) {
      this(step, OptionalLong.empty(), validations);
    }
  }

  /**
   * The values of the loss or a metric.
   *
   * @param higherIsBetter whether a larger value is better
   * @param values one value per validation, oldest first; empty before the first validation
   */
  record Series(boolean higherIsBetter, List<Double> values) {

    /** Copies the list. */
    public Series {
      values = List.copyOf(values);
    }
  }
}
