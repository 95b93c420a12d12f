package org.seq4j.core.metric;

import java.util.List;

/**
 * A metric whose value follows from sums over the samples: of matches, edits, lengths. So samples
 * can be drawn again and again, as the bootstrap does, without being looked at again.
 */
public interface AdditiveMetric extends Metric {

  /** What a sample adds; as many numbers for each. */
  double[] statistics(Sample sample);

  /** The score of summed statistics. */
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
