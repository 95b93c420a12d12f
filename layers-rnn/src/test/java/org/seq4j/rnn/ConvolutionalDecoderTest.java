package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.testkit.DecoderContract;
import org.seq4j.testkit.DecoderSearch;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The decoder of causal convolutions. */
class ConvolutionalDecoderTest {
  private static final int UNITS = 4;
  private static final int DEPTH = 3;
  private static final int MEMORY = 5;
  private static final int STEPS = 4;
  private static final int SOURCE = 2;

  private static ConvolutionalDecoder decoder(
      int layers, int width, int positions, Integer alignmentLayer) {
    return new ConvolutionalDecoder(
        new ConvolutionalDecoder.Config(
            UNITS, layers, width, positions, 0, Optional.ofNullable(alignmentLayer)));
  }

  @Nested
  class Layers extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return ConvolutionalDecoderTest.decoder(2, 3, 10, null);
    }
  }

  @Nested
  class WithFewPositions extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return ConvolutionalDecoderTest.decoder(1, 2, 2, 1);
    }
  }

  @Test
  void scoresAreThoseOfTeacherForcing() {
    DecoderSearch.scoresAreThoseOfTeacherForcing(decoder(2, 3, 10, null), UNITS);
  }

  @Test
  void aSearchInTheGraphFindsTheSame() {
    DecoderSearch.graphFindsTheSame(decoder(2, 3, 10, null), UNITS);
  }

  @Test
  void readsItsOwnTokensInTraining() {
    DecoderSearch.readsItsOwnTokensInTraining(decoder(2, 3, 10, null), UNITS);
  }

  /** Gehring et al. 2017, sections 3.2 and 3.3, in plain Java. */
  @Test
  void aLayerEqualsThePaper() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence inputs = trial.sequence("inputs", DEPTH, STEPS);
      Memory memory = trial.memory(MEMORY, Map.of(), SOURCE);
      DecoderOutput decoded = decoder(1, 3, 3, null).decode(trial.scope(), memory, inputs);
      trial.randomise();
      double[][] embedded = rows(trial, inputs.values(), STEPS, DEPTH);
      float[] vectors = trial.parameter("model.position");
      double[][] g = new double[STEPS + 2][UNITS]; // after two positions of zeros
      for (int t = 0; t < STEPS; t++) {
        for (int i = 0; i < DEPTH; i++) {
          embedded[t][i] += vectors[Math.min(t, 2) * DEPTH + i];
        }
        g[t + 2] = linear(trial, "input", UNITS, embedded[t]);
      }
      double[][] z = rows(trial, memory.sequence().values(), SOURCE, MEMORY);
      double[][] outputs = rows(trial, decoded.outputs(), STEPS, UNITS);
      double[][] weights = rows(trial, decoded.weights().orElseThrow(), STEPS, SOURCE);
      for (int t = 0; t < STEPS; t++) {
        double[] y =
            gated(linear(trial, "layer.0.convolution", 2 * UNITS, g[t], g[t + 1], g[t + 2]));
        double[] d = sum(linear(trial, "layer.0.query", UNITS, y), g[t + 2]);
        double[] attention = new double[SOURCE];
        double total = 0;
        for (int s = 0; s < SOURCE; s++) {
          attention[s] = Math.exp(dot(d, linear(trial, "key", UNITS, z[s])));
          total += attention[s];
        }
        double[] context = new double[MEMORY];
        for (int s = 0; s < SOURCE; s++) {
          assertThat(weights[t][s]).isCloseTo(attention[s] / total, Offset.offset(1e-5));
          for (int i = 0; i < MEMORY; i++) {
            context[i] += attention[s] / total * z[s][i] * Math.sqrt(SOURCE);
          }
        }
        double[] attended = sum(y, linear(trial, "layer.0.context", UNITS, context));
        assertThat(outputs[t]).containsExactly(sum(g[t + 2], attended), Offset.offset(1e-5));
      }
    }
  }

  /** The decoder's attention is the mean of its layers, or that of a layer. */
  @Test
  void attentionIsThatOfTheChosenLayer() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence inputs = trial.sequence("inputs", DEPTH, STEPS);
      Memory memory = trial.memory(MEMORY, Map.of(), SOURCE);
      float[][] weights = new float[3][];
      DecoderOutput[] decoded = new DecoderOutput[3];
      for (int layer = 0; layer < 3; layer++) {
        Integer chosen = layer == 0 ? null : layer;
        decoded[layer] = decoder(2, 3, 10, chosen).decode(trial.scope(), memory, inputs);
      }
      trial.randomise();
      for (int layer = 0; layer < 3; layer++) {
        weights[layer] = trial.values(decoded[layer].weights().orElseThrow());
      }
      assertThat(weights[1]).isNotEqualTo(weights[2]);
      for (int i = 0; i < weights[0].length; i++) {
        assertThat(weights[0][i])
            .isCloseTo((weights[1][i] + weights[2][i]) / 2, Offset.offset(1e-6f));
      }
    }
  }

  @Test
  void aLayerThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> decoder(2, 3, 10, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("alignment_layer: expected at most the number of layers, 2, got 3");
  }

  private static double[][] rows(GraphFixture trial, Operand<TFloat32> x, int rows, int columns) {
    float[] values = trial.values(x);
    double[][] all = new double[rows][columns];
    for (int i = 0; i < rows * columns; i++) {
      all[i / columns][i % columns] = values[i];
    }
    return all;
  }

  private static double[] linear(GraphFixture trial, String name, int units, double[]... inputs) {
    double[] y = new double[units];
    for (int k = 0; k < inputs.length; k++) {
      float[] kernel =
          trial.parameter("model." + name + ".kernel" + (inputs.length == 1 ? "" : "." + k));
      for (int i = 0; i < inputs[k].length; i++) {
        for (int j = 0; j < units; j++) {
          y[j] += inputs[k][i] * kernel[i * units + j];
        }
      }
    }
    if (!name.equals("key")) {
      float[] bias = trial.parameter("model." + name + ".bias");
      for (int j = 0; j < units; j++) {
        y[j] += bias[j];
      }
    }
    return y;
  }

  private static double[] gated(double[] sums) {
    double[] y = new double[UNITS];
    for (int j = 0; j < UNITS; j++) {
      y[j] = sums[j] / (1 + Math.exp(-sums[UNITS + j]));
    }
    return y;
  }

  private static double[] sum(double[] x, double[] y) {
    double[] sum = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      sum[j] = (x[j] + y[j]) * Math.sqrt(0.5);
    }
    return sum;
  }

  private static double dot(double[] x, double[] y) {
    double dot = 0;
    for (int j = 0; j < x.length; j++) {
      dot += x[j] * y[j];
    }
    return dot;
  }
}
