package org.seq4j.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
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
  void longSourcesHaveWiderBucketsUnlessTheyAreFew() {
    assertThat(Evaluator.bucketWidth(upTo(100))).isEqualTo(5);
    assertThat(Evaluator.bucketWidth(upTo(101))).isEqualTo(10);
    assertThat(Evaluator.bucketWidth(upTo(400))).isEqualTo(20);
    assertThat(Evaluator.bucketWidth(upTo(1500))).isEqualTo(100);
    int[] withOneOutlier = upTo(60);
    withOneOutlier[30] = Integer.MAX_VALUE / 2;
    assertThat(Evaluator.bucketWidth(withOneOutlier)).isEqualTo(5);
    assertThat(Evaluator.bucketWidth(0)).isEqualTo(5);
  }

  private static int[] upTo(int longest) {
    return IntStream.rangeClosed(1, longest).toArray();
  }
}
