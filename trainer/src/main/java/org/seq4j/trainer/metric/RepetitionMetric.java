package org.seq4j.trainer.metric;

import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.plugin.Key;

/**
 * The share of n-grams that occurred before in the same hypothesis (See et al. 2017, figure 4):
 * what a model repeats. Words are separated by white space.
 */
public final class RepetitionMetric implements AdditiveMetric {
  private final int order;

  /** The keys of {@code repetition}. */
  public record Config(
      @Key(doc = "Number of words of an n-gram.", defaultValue = "3", min = 1) int order) {}

  /** Creates the metric. */
  public RepetitionMetric(Config config) {
    this.order = config.order();
  }

  /** Returns the number of repeated n-grams, and that of all. */
  @Override
  public double[] statistics(Sample sample) {
    var counts = Ngrams.of(PythonText.words(sample.hypothesis().raw()), order);
    int all = Ngrams.total(counts);
    return new double[] {all - counts.size(), all};
  }

  @Override
  public Score score(double[] sum) {
    return Scores.share(sum[0] / Math.max(1, sum[1]));
  }

  @Override
  public boolean higherIsBetter() {
    return false;
  }
}
