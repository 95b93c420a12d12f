package org.seq4j.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * Bootstrap resampling: confidence intervals and significance tests of scores, computed on sets of
 * as many samples drawn with replacement (Koehn 2004, "Statistical Significance Tests for Machine
 * Translation Evaluation"). Results are deterministic for a seed.
 *
 * @param draws the number of sets to draw; 1,000 is usual
 * @param seed the random seed of the sets
 */
public record Bootstrap(int draws, long seed) {

  /** Checks the number of sets. */
  public Bootstrap {
    if (draws < 1) {
      throw new IllegalArgumentException("draws: expected at least 1, got " + draws);
    }
  }

  /**
   * A 95 % confidence interval of a score.
   *
   * @param low the 2.5th percentile
   * @param high the 97.5th percentile
   */
  public record Interval(double low, double high) {}

  /**
   * A significance test of the difference of two systems.
   *
   * @param difference the score of the second system minus that of the first
   * @param probability the p-value: the probability of a difference at least as large by chance
   *     (Riezler and Maxwell 2005)
   */
  public record Comparison(double difference, double probability) {}

  /** Returns the confidence interval of a metric. */
  public Interval interval(Metric metric, List<Sample> samples) {
    double[] scores = scores(metric, samples);
    Arrays.sort(scores);
    return new Interval(percentile(scores, 0.025), percentile(scores, 0.975));
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /**
   * Compares two systems on the same sources.
   *
   * @param first the samples of the first system
   * @param second the samples of the second system, for the same sources in the same order
   */
  public Comparison compare(Metric metric, List<Sample> first, List<Sample> second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "expected equal numbers of samples of both systems, got %d and %d",
              first.size(),
              second.size()));
    }
    double[] a = scores(metric, first);
    double[] b = scores(metric, second);
    double[] differences = new double[draws];
    Arrays.setAll(differences, i -> b[i] - a[i]);
    double mean = Arrays.stream(differences).average().orElseThrow();
    double real = metric.score(second).value() - metric.score(first).value();
    long larger =
        Arrays.stream(differences).filter(it -> Math.abs(it - mean) >= Math.abs(real)).count();
    return new Comparison(real, (larger + 1.0) / (draws + 1.0));
  }

  /** Computes the scores of all sets. The seed makes the sets the same for each system. */
  private double[] scores(Metric metric, List<Sample> samples) {
    StableRandom random = new StableRandom(seed);
    double[] scores = new double[draws];
    if (metric instanceof AdditiveMetric additive) {
      List<double[]> statistics = samples.stream().map(additive::statistics).toList();
      for (int i = 0; i < draws; i++) {
        scores[i] = additive.score(sumOfDrawn(statistics, random)).value();
      }
    } else {
      for (int i = 0; i < draws; i++) {
        List<Sample> drawn = new ArrayList<>(samples.size());
        for (int n = 0; n < samples.size(); n++) {
          drawn.add(samples.get(random.nextInt(samples.size())));
        }
        scores[i] = metric.score(drawn).value();
      }
    }
    return scores;
  }

  private static double[] sumOfDrawn(List<double[]> statistics, StableRandom random) {
    double[] sum = new double[statistics.get(0).length];
    for (int n = 0; n < statistics.size(); n++) {
      double[] one = statistics.get(random.nextInt(statistics.size()));
      for (int i = 0; i < sum.length; i++) {
        sum[i] += one[i];
      }
    }
    return sum;
  }
}
