package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.AttentionMechanism.Attended;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Trial;

/** Attention as the papers write it, one number at a time. */
final class PaperAttention {
  static final int DEPTH = 3;
  private static final int[] LENGTHS = {4, 2};
  private static final int LONGEST = 4;
  private static final int QUERIES = 2;

  /** A paper's score of a key for a query. */
  @FunctionalInterface
  interface Score {
    double of(Map<String, float[]> parameters, double[] query, double[] key);
  }

  private PaperAttention() {}

  /** Checks weights and contexts of a mechanism for queries and a memory of {@link #DEPTH}. */
  static void check(AttentionMechanism attention, Score score) {
    try (Trial trial = new Trial(false)) {
      Memory memory = trial.memory(DEPTH, Map.of(), LENGTHS);
      var query = trial.sample("query", LENGTHS.length, QUERIES, DEPTH);
      NamedTensors prepared = attention.prepare(trial.scope(), memory, DEPTH);
      Attended attended =
          attention.attend(
              trial.scope(), prepared, query, trial.tf().constant(0), NamedTensors.EMPTY);
      trial.randomise();
      List<float[]> values =
          trial.values(
              List.of(query, memory.sequence().values(), attended.weights(), attended.context()));
      Map<String, float[]> parameters = new LinkedHashMap<>();
      trial.parameters().forEach(path -> parameters.put(path, trial.parameter(path)));
      for (int row = 0; row < LENGTHS.length; row++) {
        for (int q = 0; q < QUERIES; q++) {
          check(parameters, score, values, row, q);
        }
      }
    }
  }

  private static void check(
      Map<String, float[]> parameters, Score score, List<float[]> values, int row, int q) {
    double[] query = vector(values.get(0), row * QUERIES + q);
    double[] weights = new double[LONGEST];
    double sum = 0;
    for (int s = 0; s < LENGTHS[row]; s++) {
      double[] key = vector(values.get(1), row * LONGEST + s);
      weights[s] = Math.exp(score.of(parameters, query, key));
      sum += weights[s];
    }
    double[] context = new double[DEPTH];
    for (int s = 0; s < LONGEST; s++) {
      weights[s] /= sum;
      for (int i = 0; i < DEPTH; i++) {
        context[i] += weights[s] * vector(values.get(1), row * LONGEST + s)[i];
      }
      assertThat((double) values.get(2)[(row * QUERIES + q) * LONGEST + s])
          .as("weight of position %d for query %d of source %d", s, q, row)
          .isCloseTo(weights[s], Offset.offset(1e-5));
    }
    assertThat(vector(values.get(3), row * QUERIES + q))
        .as("context of query %d of source %d", q, row)
        .containsExactly(context, Offset.offset(1e-5));
  }

  private static double[] vector(float[] values, int index) {
    double[] vector = new double[DEPTH];
    for (int i = 0; i < DEPTH; i++) {
      vector[i] = values[index * DEPTH + i];
    }
    return vector;
  }

  /** {@code x W} for a kernel of {@code units} columns, row by row. */
  static double[] product(double[] x, float[] kernel, int units) {
    double[] y = new double[units];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < units; j++) {
        y[j] += x[i] * kernel[i * units + j];
      }
    }
    return y;
  }

  static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
