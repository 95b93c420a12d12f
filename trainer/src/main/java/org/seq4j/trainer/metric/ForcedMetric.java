package org.seq4j.trainer.metric;

import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.seq4j.core.metric.AdditiveMetric;

/** What a model says of the first references, symbol by symbol, ends included. */
public final class ForcedMetric implements AdditiveMetric {
  private final ToDoubleFunction<Forced> part;
  private final boolean isPerplexity;

  private ForcedMetric(ToDoubleFunction<Forced> part, boolean isPerplexity) {
    this.part = part;
    this.isPerplexity = isPerplexity;
  }

  /** e to the power of the mean negative log-probability of a symbol. */
  public static ForcedMetric perplexity() {
    return new ForcedMetric(forced -> -forced.logProbability(), true);
  }

  /** The share of symbols that are the most likely ones. */
  public static ForcedMetric tokenAccuracy() {
    return new ForcedMetric(Forced::right, false);
  }

  /** What is summed, and how many symbols it is over; a sample without a source adds nothing. */
  @Override
  public double[] statistics(Sample sample) {
    return sample
        .forced()
        .map(forced -> new double[] {part.applyAsDouble(forced), forced.symbols()})
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
  public boolean needsForced() {
    return true;
  }
}
