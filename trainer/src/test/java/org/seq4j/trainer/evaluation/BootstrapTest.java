package org.seq4j.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.metric.AdditiveMetric;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.metric.Metric.Sample;
import org.seq4j.core.metric.Metric.Text;

class BootstrapTest {
  private final Bootstrap bootstrap = new Bootstrap(1000, 1);

  /** The share of hypotheses that are "right". */
  private static final class Right implements AdditiveMetric {
    @Override
    public double[] statistics(Sample sample) {
      return new double[] {sample.hypothesis().raw().equals("right") ? 1 : 0, 1};
    }

    @Override
    public Score score(double[] sum) {
      return new Score(sum[0] / sum[1], "");
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }
  }

  /** The same, which does not tell that it is a sum. */
  private static final class Whole implements Metric {
    @Override
    public Score score(List<Sample> samples) {
      return new Right().score(samples);
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }
  }

  private static List<Sample> samples(int count, int every) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Text hypothesis = new Text(i % every == 0 ? "right" : "wrong", List.of());
      samples.add(new Sample(hypothesis, List.of(hypothesis)));
    }
    return samples;
  }

  @Test
  void theIntervalIsThatOfABinomialDistribution() {
    Bootstrap.Interval interval = bootstrap.interval(new Right(), samples(400, 2));
    double deviation = Math.sqrt(0.5 * 0.5 / 400);
    assertThat(interval.low()).isCloseTo(0.5 - 1.96 * deviation, within(0.01));
    assertThat(interval.high()).isCloseTo(0.5 + 1.96 * deviation, within(0.01));
  }

  @Test
  void aMetricThatIsNoSumGetsTheSameInterval() {
    assertThat(bootstrap.interval(new Whole(), samples(50, 3)))
        .isEqualTo(bootstrap.interval(new Right(), samples(50, 3)));
  }

  @Test
  void aSystemDoesNotDifferFromItself() {
    assertThat(bootstrap.compare(new Right(), samples(100, 3), samples(100, 3)))
        .isEqualTo(new Bootstrap.Comparison(0, 1));
  }

  @Test
  void aLargeDifferenceIsNotByChance() {
    Bootstrap.Comparison comparison =
        bootstrap.compare(new Right(), samples(200, 4), samples(200, 2));
    assertThat(comparison.difference()).isCloseTo(0.25, within(1e-12));
    assertThat(comparison.probability()).isCloseTo(1 / 1001.0, within(1e-12));
  }

  @Test
  void aSmallDifferenceMayBe() {
    assertThat(bootstrap.compare(new Right(), samples(20, 4), samples(20, 3)).probability())
        .isGreaterThan(0.05);
  }

  @Test
  void differentNumbersOfSamplesAreRefused() {
    assertThatThrownBy(() -> bootstrap.compare(new Right(), samples(2, 1), samples(3, 1)))
        .hasMessage("expected equal numbers of samples of both systems, got 2 and 3");
  }
}
