package org.seq4j.trainer.metric;

import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.seq4j.core.metric.AdditiveMetric;

/** A metric of teacher-forced scores of the first references, per token, end tokens included. */
public final class ForcedMetric implements AdditiveMetric {
  private final ToDoubleFunction<ForcedScore> part;
  private final boolean isPerplexity;

  private ForcedMetric(ToDoubleFunction<ForcedScore> part, boolean isPerplexity) {
    this.part = part;
    this.isPerplexity = isPerplexity;
  }

  /** Returns perplexity: e to the power of the mean negative log-probability of tokens. */
  public static ForcedMetric perplexity() {
    return new ForcedMetric(forced -> -forced.logProbability(), true);
  }

  /**
   * Returns token accuracy: the share of tokens to which the model gives the highest probability.
   */
  public static ForcedMetric tokenAccuracy() {
    return new ForcedMetric(ForcedScore::correct, false);
  }

  /** Returns the sum over tokens and their number; zeros for a sample without a forced score. */
  @Override
  public double[] statistics(Sample sample) {
    return sample
        .forcedScore()
        .map(forced -> new double[] {part.applyAsDouble(forced), forced.tokens()})
        .orElse(new double[2]);
  }

  @Override
  public Score score(double[] sum) {
    double mean = sum[1] == 0 ? 0 : sum[0] / sum[1];
    return isPerplexity
        ? new Score(Math.exp(mean), String.format(Locale.ROOT, "%.4f", Math.exp(mean)))
        : Scores.share(mean);
  }

  @Override
  public boolean higherIsBetter() {
    return !isPerplexity;
  }

  @Override
  public Set<Input> needs() {
    return Set.of(Input.FORCED_SCORES);
  }
}
