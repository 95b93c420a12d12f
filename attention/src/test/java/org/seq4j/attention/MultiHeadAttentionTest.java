package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.testkit.AttentionContract;
import org.seq4j.testkit.GraphFixture;

/** Against Vaswani et al. 2017, section 3.2. */
class MultiHeadAttentionTest {
  private static final int HEADS = 2;
  private static final int UNITS = 6;
  private static final int SIZE = UNITS / HEADS;
  private static final int DEPTH = 4;
  private static final int LENGTH = 3;

  private static MultiHeadAttention multiHead(Normalizer normalizer) {
    return new MultiHeadAttention(
        new MultiHeadAttention.Config(HEADS, Optional.of(UNITS), normalizer));
  }

  @Nested
  class Smooth extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return multiHead(Normalizer.SOFTMAX);
    }
  }

  @Nested
  class Sparse extends AttentionContract {
    @Override
    protected AttentionMechanism attention() {
      return multiHead(Normalizer.SPARSEMAX);
    }
  }

  @Test
  void equalsThePaper() {
    try (GraphFixture trial = new GraphFixture(false)) {
      var memory = trial.memory(DEPTH, Map.of(), LENGTH);
      var query = trial.sample("query", 1, 1, DEPTH);
      var attention = multiHead(Normalizer.SOFTMAX);
      var prepared = attention.prepare(trial.scope(), memory, DEPTH);
      var attended = attention.attend(trial.scope(), prepared, query);
      trial.randomise();
      Map<String, float[]> p = new LinkedHashMap<>();
      trial.parameters().forEach(path -> p.put(path, trial.parameter(path)));
      double[] q =
          PaperAttention.product(row(trial.values(query), 0), p.get("model.query.kernel"), UNITS);
      double[] together = new double[UNITS];
      double[] mean = new double[LENGTH];
      for (int head = 0; head < HEADS; head++) {
        double[] scores = new double[LENGTH];
        for (int s = 0; s < LENGTH; s++) {
          double[] key = row(trial.values(memory.sequence().values()), s);
          double[] k = PaperAttention.product(key, p.get("model.key.kernel"), UNITS);
          scores[s] = PaperAttention.dot(part(q, head), part(k, head)) / Math.sqrt(SIZE);
        }
        double[] weights = PaperAttention.softmax(scores);
        for (int s = 0; s < LENGTH; s++) {
          double[] value = row(trial.values(memory.sequence().values()), s);
          double[] v = PaperAttention.product(value, p.get("model.value.kernel"), UNITS);
          mean[s] += weights[s] / HEADS;
          for (int i = 0; i < SIZE; i++) {
            together[head * SIZE + i] += weights[s] * v[head * SIZE + i];
          }
        }
      }
      double[] context = PaperAttention.product(together, p.get("model.output.kernel"), DEPTH);
      assertThat(row(trial.values(attended.context()), 0))
          .containsExactly(context, Offset.offset(1e-5));
      for (int s = 0; s < LENGTH; s++) {
        assertThat((double) trial.values(attended.weights())[s])
            .isCloseTo(mean[s], Offset.offset(1e-5));
      }
    }
  }

  private static double[] row(float[] values, int row) {
    double[] vector = new double[DEPTH];
    for (int i = 0; i < DEPTH; i++) {
      vector[i] = values[row * DEPTH + i];
    }
    return vector;
  }

  private static double[] part(double[] x, int head) {
    return Arrays.copyOfRange(x, head * SIZE, (head + 1) * SIZE);
  }

  @Test
  void headsHaveOneSize() {
    assertThatThrownBy(() -> new MultiHeadAttention.Config(4, Optional.of(6), Normalizer.SOFTMAX))
        .hasMessage("units: expected a multiple of heads, which is 4, got 6");
    try (GraphFixture trial = new GraphFixture(false)) {
      var memory = trial.memory(5, Map.of(), 2);
      var attention =
          new MultiHeadAttention(
              new MultiHeadAttention.Config(2, Optional.empty(), Normalizer.SOFTMAX));
      assertThatThrownBy(() -> attention.prepare(trial.scope(), memory, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "multi-head attention has 2 heads, but the depth of the memory, 5, is not a multiple"
                  + " of that: set units");
    }
  }
}
