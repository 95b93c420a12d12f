package org.seq4j.trainer.metric;

import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.seq4j.core.metric.AdditiveMetric;

/** The model's forced scores of the first references, per token; the end token counts. */
public final class ForcedMetric implements AdditiveMetric {
  private final ToDoubleFunction<ForcedScore> part;
  private final boolean isPerplexity;

  private ForcedMetric(ToDoubleFunction<ForcedScore> part, boolean isPerplexity) {
    this.part = part;
    this.isPerplexity = isPerplexity;
  }

  /** e to the power of the mean negative log-probability of a token. */
  public static ForcedMetric perplexity() {
    return new ForcedMetric(forced -> -forced.logProbability(), true);
  }

  /** The share of tokens to which the model gives the highest probability. */
  public static ForcedMetric tokenAccuracy() {
    return new ForcedMetric(ForcedScore::correct, false);
  }

  /** The sum and the number of tokens that it is over; a sample without a source adds nothing. */
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
