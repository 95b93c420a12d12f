package org.seq4j.trainer.training.validation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.seq4j.trainer.evaluation.MetricScore;
import org.seq4j.trainer.training.config.EarlyStoppingConfig;
import org.seq4j.trainer.training.state.TrainingResult.Best;

/**
 * How a model is validated, and what makes a validation the best.
 *
 * @param validator measures
 * @param watched what is compared: loss, or the name of a metric
 * @param higherIsBetter whether a larger value of it is a better one
 */
public record Validation(Validator validator, String watched, boolean higherIsBetter) {

  /** The value of a validation that is compared. */
  public double value(Validator.Measured measured) {
    return watched.equals(EarlyStoppingConfig.LOSS)
        ? measured.loss()
        : measured.evaluation().scores().stream()
            .filter(score -> score.name().equals(watched))
            .mapToDouble(MetricScore::value)
            .findFirst()
            .orElseThrow();
  }

  /** Whether a value is better than the best so far; what is no number never is. */
  public boolean isBest(double value, Optional<Best> best) {
    if (best.isEmpty()) {
      return !Double.isNaN(value);
    }
    return higherIsBetter ? value > best.get().value() : value < best.get().value();
  }

  /**
   * The best validations with another one among them, if it is that good; of equal ones the earlier
   * is better.
   *
   * @param most how many are kept
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
