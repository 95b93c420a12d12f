package org.seq4j.core.layers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Against Ba et al. 2016, eq. 4, computed in plain Java. */
class LayerNormTest {
  private static final int DEPTH = 5;

  @Test
  void normalizesEachVectorOfABatchOfSequences() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Operand<TFloat32> x = trial.sample("x", 2, 3, DEPTH);
      Operand<TFloat32> y = LayerNorm.biased(trial.scope(), "norm", x);
      trial.randomise();
      assertThat(trial.values(y))
          .containsExactly(
              expected(
                  trial.values(x),
                  trial.parameter("model.norm.gain"),
                  trial.parameter("model.norm.bias")),
              Offset.offset(1e-5f));
      trial.checkGradients(List.of(y));
    }
  }

  private static float[] expected(float[] x, float[] gain, float[] bias) {
    float[] y = new float[x.length];
    for (int row = 0; row < x.length / DEPTH; row++) {
      double mean = 0;
      for (int d = 0; d < DEPTH; d++) {
        mean += x[row * DEPTH + d] / (double) DEPTH;
      }
      double variance = 0;
      for (int d = 0; d < DEPTH; d++) {
        variance += Math.pow(x[row * DEPTH + d] - mean, 2) / DEPTH;
      }
      for (int d = 0; d < DEPTH; d++) {
        double normalized = (x[row * DEPTH + d] - mean) / Math.sqrt(variance + 1e-5);
        y[row * DEPTH + d] = (float) (normalized * gain[d] + bias[d]);
      }
    }
    return y;
  }
}
