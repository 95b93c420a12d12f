package org.seq4j.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.seq4j.core.metric.Metric;

class EvaluatorTest {

  private record Needing(Set<Metric.Input> needs) implements Metric {
    @Override
    public Score score(List<Sample> samples) {
      return new Score(0, "0");
    }

    @Override
    public boolean higherIsBetter() {
      return true;
    }
  }

  @Test
  void vectorsHaveNoForcedScores() {
    for (Metric.Input one : Metric.Input.values()) {
      assertThatCode(() -> new Evaluator(Map.of("one", new Needing(Set.of(one)))))
          .doesNotThrowAnyException();
    }
    Metric both = new Needing(EnumSet.allOf(Metric.Input.class));
    assertThatThrownBy(() -> new Evaluator(Map.of("both", both)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "metric 'both' needs vectors and forced scores; a model of vectors has no forced scores");
  }

  @Test
  void longSourcesHaveWiderBuckets() {
    assertThat(List.of(1, 100, 101, 200, 201, 400, 401, 1500, Integer.MAX_VALUE))
        .extracting(Evaluator::bucketWidth)
        .containsExactly(5, 5, 10, 10, 20, 20, 50, 100, 200_000_000);
  }
}
