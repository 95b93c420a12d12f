package org.seq4j.core.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.seq4j.core.layers.FeedForward.Activation;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Against Vaswani et al. 2017, eq. 2, computed in plain Java. */
class FeedForwardTest {
  private static final int DEPTH = 3;
  private static final int UNITS = 5;

  @ParameterizedTest
  @EnumSource
  void equalsThePaperAtEachPosition(Activation activation) {
    try (GraphFixture trial = new GraphFixture(false)) {
      Operand<TFloat32> x = trial.sample("x", 2, 4, DEPTH);
      FeedForward layer = new FeedForward(UNITS, activation, 0.5f);
      Operand<TFloat32> y = layer.apply(trial.scope(), "ffn", x);
      trial.randomise();
      assertThat(y.shape().get(-1)).isEqualTo(DEPTH);
      assertThat(trial.values(y))
          .containsExactly(expected(trial, trial.values(x), activation), Offset.offset(1e-5f));
    }
  }

  @Test
  void takesOneVectorPerSequence() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Operand<TFloat32> x = trial.sample("x", 4, DEPTH);
      FeedForward layer = new FeedForward(UNITS, Activation.RELU, 0);
      Operand<TFloat32> y = layer.apply(trial.scope(), "ffn", x);
      trial.randomise();
      assertThat(trial.values(y))
          .containsExactly(expected(trial, trial.values(x), Activation.RELU), Offset.offset(1e-5f));
    }
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAgreeWithFiniteDifferences(Activation activation) {
    try (GraphFixture trial = new GraphFixture(true)) {
      Operand<TFloat32> x = trial.sample("x", 2, 3, DEPTH);
      FeedForward layer = new FeedForward(UNITS, activation, 0.3f);
      Operand<TFloat32> y = layer.apply(trial.scope(), "ffn", x);
      assertThat(trial.checkGradients(List.of(y)))
          .containsKeys(
              "model.ffn.inner.kernel",
              "model.ffn.inner.bias",
              "model.ffn.outer.kernel",
              "model.ffn.outer.bias");
    }
  }

  @Test
  void dropsOutInTrainingOnly() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Operand<TFloat32> x = trial.sample("x", 2, 4, DEPTH);
      FeedForward layer = new FeedForward(UNITS, Activation.RELU, 0.5f);
      Operand<TFloat32> training = layer.apply(trial.scope(true), "ffn", x);
      Operand<TFloat32> inference = layer.apply(trial.scope(false), "ffn", x);
      FeedForward none = new FeedForward(UNITS, Activation.RELU, 0);
      Operand<TFloat32> without = none.apply(trial.scope(true), "ffn", x);
      trial.randomise();
      List<float[]> values = trial.values(List.of(training, inference, without));
      assertThat(values.get(0)).isNotEqualTo(values.get(2));
      assertThat(values.get(1)).isEqualTo(values.get(2));
    }
  }

  private static float[] expected(GraphFixture trial, float[] x, Activation activation) {
    float[] y = new float[x.length];
    for (int row = 0; row < x.length / DEPTH; row++) {
      double[] in = new double[DEPTH];
      for (int d = 0; d < DEPTH; d++) {
        in[d] = x[row * DEPTH + d];
      }
      double[] out = linear(trial, "outer", inner(trial, in, activation), DEPTH);
      for (int d = 0; d < DEPTH; d++) {
        y[row * DEPTH + d] = (float) out[d];
      }
    }
    return y;
  }

  private static double[] inner(GraphFixture trial, double[] in, Activation activation) {
    if (activation == Activation.SWIGLU) { // Shazeer 2020, eq. 6
      double[] both = linear(trial, "inner", in, 2 * UNITS);
      double[] product = new double[UNITS];
      for (int u = 0; u < UNITS; u++) {
        product[u] = both[u] / (1 + Math.exp(-both[u])) * both[UNITS + u];
      }
      return product;
    }
    double[] inner = linear(trial, "inner", in, UNITS);
    for (int u = 0; u < UNITS; u++) {
      inner[u] = function(activation).applyAsDouble(inner[u]);
    }
    return inner;
  }

  private static double[] linear(GraphFixture trial, String name, double[] x, int units) {
    float[] kernel = trial.parameter("model.ffn." + name + ".kernel");
    float[] bias = trial.parameter("model.ffn." + name + ".bias");
    double[] y = new double[units];
    for (int u = 0; u < units; u++) {
      y[u] = bias[u];
      for (int i = 0; i < x.length; i++) {
        y[u] += x[i] * kernel[i * units + u];
      }
    }
    return y;
  }

  private static DoubleUnaryOperator function(Activation activation) {
    return activation == Activation.RELU
        ? x -> Math.max(0, x)
        : x -> x * integralOfTheNormalDistribution(x);
  }

  /** Φ(x) by the trapezoidal rule from 0. */
  private static double integralOfTheNormalDistribution(double x) {
    int steps = 1000;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      double a = x * i / steps;
      double b = x * (i + 1) / steps;
      sum += (b - a) * (Math.exp(-a * a / 2) + Math.exp(-b * b / 2)) / 2;
    }
    return 0.5 + sum / Math.sqrt(2 * Math.PI);
  }
}
