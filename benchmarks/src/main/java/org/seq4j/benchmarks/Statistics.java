package org.seq4j.benchmarks;

import java.util.Collection;

/** Figures of samples. */
final class Statistics {
  private Statistics() {}

  static double median(Collection<Double> samples) {
    double[] sorted = sorted(samples);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The smallest sample that at least such a share of all does not exceed. */
  static double percentile(Collection<Double> samples, double share) {
    double[] sorted = sorted(samples);
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }

  static double mean(Collection<Double> samples) {
    return samples.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double[] sorted(Collection<Double> samples) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("no samples");
    }
    return samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }
}
