package org.seq4j.core.metric;

import java.util.List;

/**
 * A metric that is a function of sums over the samples: of matches, edits, lengths. The bootstrap
 * can then resample without comparing texts again.
 */
public interface AdditiveMetric extends Metric {

  /** Computes the statistics of one sample; the number of values is the same for all samples. */
  double[] statistics(Sample sample);

  /** Computes the score from the sum of the statistics of all samples. */
  Score score(double[] sum);

  @Override
  default Score score(List<Sample> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no samples to score: expected at least one");
    }
    double[] sum = statistics(samples.get(0)).clone();
    for (Sample sample : samples.subList(1, samples.size())) {
      double[] one = statistics(sample);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += one[i];
      }
    }
    return score(sum);
  }
}
