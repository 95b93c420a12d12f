package org.seq4j.trainer.training.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.training.config.EarlyStoppingConfig;
import org.seq4j.trainer.training.state.TrainingResult.Best;

/**
 * The validation of a model and the comparison of validations.
 *
 * @param validator the validator, which measures the model
 * @param watched the measure to compare: loss, or the name of a metric
 * @param higherIsBetter true if higher values of this measure are better
 */
public record Validation(Validator validator, String watched, boolean higherIsBetter) {

  /** Returns the value of the watched measure. */
  public double value(Validator.Measured measured) {
    return watched.equals(EarlyStoppingConfig.LOSS)
        ? measured.loss()
        : measured.evaluation().scores().stream()
            .filter(score -> score.name().equals(watched))
            .mapToDouble(MetricScore::value)
            .findFirst()
            .orElseThrow();
  }

  /** Returns true if a value is better than the best so far; NaN never is. */
  public boolean isBest(double value, Optional<Best> best) {
    if (best.isEmpty()) {
      return !Double.isNaN(value);
    }
    return higherIsBetter ? value > best.get().value() : value < best.get().value();
  }

  /**
   * Returns the best validations after adding another one; of equal ones the earlier is better.
   *
   * @param most the max number of validations to keep
   */
  public List<Best> ranked(List<Best> bests, Best another, int most) {
    if (Double.isNaN(another.value())) {
      return bests;
    }
    List<Best> all = new ArrayList<>(bests);
    all.add(another);
    Comparator<Best> byValue = Comparator.comparingDouble(Best::value);
    all.sort(higherIsBetter ? byValue.reversed() : byValue); // stable: the earlier stays first
    return List.copyOf(all.subList(0, Math.min(most, all.size())));
  }
}
