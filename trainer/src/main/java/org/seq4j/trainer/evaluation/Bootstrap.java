package org.seq4j.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.trainer.data.split.StableRandom;

/**
 * How far a score depends on which samples happened to be in the set: it is computed again on sets
 * of as many samples, drawn with replacement (Koehn 2004, "Statistical Significance Tests for
 * Machine Translation Evaluation"). The same seed gives the same figures.
 *
 * @param draws how many sets are drawn; 1,000 are usual
 * @param seed what the draws follow from
 */
public record Bootstrap(int draws, long seed) {

  /** Checks that something is drawn. */
  public Bootstrap {
    if (draws < 1) {
      throw new IllegalArgumentException("draws: expected at least 1, got " + draws);
    }
  }

  /**
   * Where 95 of 100 scores are.
   *
   * @param low the 2.5th percentile
   * @param high the 97.5th
   */
  public record Interval(double low, double high) {}

  /**
   * How sure the difference of two systems is.
   *
   * @param difference of their scores, the second minus the first
   * @param probability that a difference as large comes about by chance, where there is none
   *     (Riezler and Maxwell 2005)
   */
  public record Comparison(double difference, double probability) {}

  /** The interval of a metric. */
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
   * @param first samples of the one
   * @param second samples of the other, as many and in the same order
   */
  public Comparison compare(Metric metric, List<Sample> first, List<Sample> second) {
    if (first.size() != second.size()) {
      throw new IllegalArgumentException(
          "expected as many samples of both, got %d and %d".formatted(first.size(), second.size()));
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

  /** The same samples are drawn for each system. */
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
