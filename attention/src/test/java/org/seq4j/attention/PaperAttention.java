package org.seq4j.attention;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Attention as the papers write it, one number at a time. */
final class PaperAttention {
  static final int DEPTH = 3;
  private static final int[] LENGTHS = {4, 2};
  private static final int LONGEST = 4;
  private static final int QUERIES = 3;
  private static final double TOLERANCE = 1e-5;

  /** A paper's score of a key for a query. */
  @FunctionalInterface
  interface Score {
    double of(Map<String, float[]> parameters, double[] query, double[] key);

    /** Its weights by a softmax. */
    default Weights softmax() {
      return (parameters, query, keys, before) ->
          PaperAttention.softmax(scores(parameters, query, keys));
    }

    default double[] scores(Map<String, float[]> parameters, double[] query, double[][] keys) {
      return Arrays.stream(keys).mapToDouble(key -> of(parameters, query, key)).toArray();
    }
  }

  /** A paper's weights of a source's keys for a query, given those of the queries before it. */
  @FunctionalInterface
  interface Weights {
    double[] of(
        Map<String, float[]> parameters, double[] query, double[][] keys, List<double[]> before);
  }

  /** A paper's loss of a query. */
  @FunctionalInterface
  interface Loss {
    double of(double[] weights, List<double[]> before);
  }

  private PaperAttention() {}

  static void check(AttentionMechanism attention, Score score) {
    check(attention, false, score.softmax());
  }

  static void check(AttentionMechanism attention, boolean training, Weights weights) {
    check(attention, training, weights, Map.of());
  }

  /**
   * Checks weights, contexts and losses of a mechanism for queries in sequence and a memory of
   * {@link #DEPTH}.
   */
  static void check(
      AttentionMechanism attention, boolean training, Weights weights, Map<String, Loss> losses) {
    try (GraphFixture trial = new GraphFixture(training)) {
      Memory memory = trial.memory(DEPTH, Map.of(), LENGTHS);
      Operand<TFloat32> queries = trial.sample("query", LENGTHS.length, QUERIES, DEPTH);
      StatefulAttention stepped = StatefulAttention.of(attention);
      NamedTensors prepared = stepped.prepare(trial.scope(), memory, DEPTH);
      NamedTensors state = stepped.initialState(trial.scope(), prepared);
      List<AttentionOutput> all = new ArrayList<>();
      for (int q = 0; q < QUERIES; q++) {
        StatefulAttention.Step step =
            stepped.attend(
                trial.scope(), prepared, trial.position(queries, q), trial.tf().constant(q), state);
        state = step.state();
        all.add(step.output());
      }
      trial.randomise();
      Map<String, float[]> parameters = new LinkedHashMap<>();
      trial.parameters().forEach(path -> parameters.put(path, trial.parameter(path)));
      float[] query = trial.values(queries);
      float[] values = trial.values(memory.sequence().values());
      for (int row = 0; row < LENGTHS.length; row++) {
        double[][] keys = new double[LENGTHS[row]][];
        for (int s = 0; s < keys.length; s++) {
          keys[s] = vector(values, row * LONGEST + s, DEPTH);
        }
        List<double[]> before = new ArrayList<>();
        for (int q = 0; q < QUERIES; q++) {
          double[] expected =
              weights.of(parameters, vector(query, row * QUERIES + q, DEPTH), keys, before);
          String what = String.format(Locale.ROOT, "of query %d of source %d", q, row);
          AttentionOutput attended = all.get(q);
          assertThat(vector(trial.values(attended.weights()), row, LONGEST))
              .as("weights " + what)
              .containsExactly(Arrays.copyOf(expected, LONGEST), Offset.offset(TOLERANCE));
          assertThat(vector(trial.values(attended.context()), row, DEPTH))
              .as("context " + what)
              .containsExactly(mean(expected, keys), Offset.offset(TOLERANCE));
          assertThat(attended.losses().names()).containsExactlyElementsOf(losses.keySet());
          for (String name : losses.keySet()) {
            assertThat((double) trial.values(attended.losses().floats(name))[row])
                .as(name + " " + what)
                .isCloseTo(losses.get(name).of(expected, before), Offset.offset(TOLERANCE));
          }
          before.add(expected);
        }
      }
    }
  }

  private static double[] mean(double[] weights, double[][] values) {
    double[] mean = new double[DEPTH];
    for (int s = 0; s < values.length; s++) {
      for (int i = 0; i < DEPTH; i++) {
        mean[i] += weights[s] * values[s][i];
      }
    }
    return mean;
  }

  private static double[] vector(float[] values, int index, int size) {
    double[] vector = new double[size];
    for (int i = 0; i < size; i++) {
      vector[i] = values[index * size + i];
    }
    return vector;
  }

  static double[] softmax(double... scores) {
    double[] weights = Arrays.stream(scores).map(Math::exp).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
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

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** {@code v · tanh(W q + U k + more)} with the parameters of {@link AdditiveScore}. */
  static double additive(
      Map<String, float[]> parameters, double[] query, double[] key, int units, double... more) {
    double[] w = product(query, parameters.get("model.query.kernel"), units);
    double[] u = product(key, parameters.get("model.key.kernel"), units);
    double score = 0;
    for (int i = 0; i < units; i++) {
      score +=
          parameters.get("model.v")[i] * Math.tanh(w[i] + u[i] + (more.length == 0 ? 0 : more[i]));
    }
    return score;
  }

  /** Raffel et al. 2017, eq. 16 without r: {@code g v / |v| · tanh(W q + U k + b)}. */
  static double normed(Map<String, float[]> parameters, double[] query, double[] key, int units) {
    float[] bias = parameters.get("model.query.bias");
    double[] more = new double[units];
    double squares = 0;
    for (int i = 0; i < units; i++) {
      more[i] = bias[i];
      squares += parameters.get("model.v")[i] * parameters.get("model.v")[i];
    }
    double length = parameters.get("model.g")[0] / Math.sqrt(squares);
    return length * additive(parameters, query, key, units, more);
  }
}
