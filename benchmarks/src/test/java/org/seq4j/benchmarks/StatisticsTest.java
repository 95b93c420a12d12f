package org.seq4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void medianIsTheMiddleOrBetweenTheTwo() {
    assertThat(Statistics.median(List.of(5.0, 1.0, 2.0))).isEqualTo(2.0);
    assertThat(Statistics.median(List.of(5.0, 1.0, 2.0, 4.0))).isEqualTo(3.0);
  }

  @Test
  void percentilesAreSamples() {
    List<Double> samples = List.of(4.0, 3.0, 2.0, 1.0);

    assertThat(Statistics.percentile(samples, 0.5)).isEqualTo(2.0);
    assertThat(Statistics.percentile(samples, 0.99)).isEqualTo(4.0);
  }

  @Test
  void thereIsNoMedianOfNothing() {
    assertThatThrownBy(() -> Statistics.median(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
