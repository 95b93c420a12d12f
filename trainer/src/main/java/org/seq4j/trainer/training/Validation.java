package org.seq4j.trainer.training;

import java.util.Optional;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.training.TrainingResult.Best;

/**
 * How a model is validated, and what makes a validation the best.
 *
 * @param validator measures
 * @param watched what is compared: loss, or the name of a metric
 * @param higherIsBetter whether a larger value of it is a better one
 */
record Validation(Validator validator, String watched, boolean higherIsBetter) {

  /** The value of a validation that is compared. */
  double value(Validator.Measured measured) {
    return watched.equals(EarlyStoppingConfig.LOSS)
        ? measured.loss()
        : measured.evaluation().scores().stream()
            .filter(score -> score.name().equals(watched))
            .mapToDouble(MetricScore::value)
            .findFirst()
            .orElseThrow();
  }

  /** Whether a value is better than the best so far; what is no number never is. */
  boolean isBest(double value, Optional<Best> best) {
    if (best.isEmpty()) {
      return !Double.isNaN(value);
    }
    return higherIsBetter ? value > best.get().value() : value < best.get().value();
  }
}
