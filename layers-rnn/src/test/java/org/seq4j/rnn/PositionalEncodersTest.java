package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.testkit.EncoderContract;
import org.seq4j.testkit.GraphFixture;

/** Encoders that know order by positions. */
class PositionalEncodersTest {
  private static final int UNITS = 4;
  private static final int DEPTH = 3;
  private static final int LENGTH = 5;

  private static Encoder convolutional(int layers, int positions) {
    return new ConvolutionalEncoder(
        new ConvolutionalEncoder.Config(UNITS, layers, 3, positions, 0));
  }

  private static Encoder mean(int positions) {
    return new MeanEncoder(new MeanEncoder.Config(3, positions));
  }

  @Nested
  class Convolutional extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return convolutional(2, 10);
    }
  }

  @Nested
  class ConvolutionalWithFewPositions extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return convolutional(1, 3);
    }
  }

  @Nested
  class Mean extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return mean(10);
    }
  }

  /** Gehring et al. 2017, section 3.2. */
  @Test
  void convolutionsEqualThePaper() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = trial.sequence("source", DEPTH, LENGTH);
      Memory encoded = convolutional(1, 4).encode(trial.scope(), source);
      trial.randomise();
      double[][] embedded = embedded(trial, source, 4);
      double[][] x = new double[LENGTH + 2][UNITS]; // with zeros at both ends
      for (int s = 0; s < LENGTH; s++) {
        x[s + 1] = map(trial, embedded[s], "input.kernel", UNITS);
        add(x[s + 1], trial.parameter("model.input.bias"));
      }
      for (int s = 0; s < LENGTH; s++) {
        double[] sums = new double[2 * UNITS];
        add(sums, trial.parameter("model.layer.0.convolution.bias"));
        for (int offset = 0; offset < 3; offset++) {
          double[] part =
              map(trial, x[s + offset], "layer.0.convolution.kernel." + offset, 2 * UNITS);
          for (int j = 0; j < sums.length; j++) {
            sums[j] += part[j];
          }
        }
        for (int j = 0; j < UNITS; j++) {
          double gated = sums[j] / (1 + Math.exp(-sums[UNITS + j]));
          assertThat((double) trial.values(encoded.sequence().values())[s * UNITS + j])
              .isCloseTo((x[s + 1][j] + gated) * Math.sqrt(0.5), Offset.offset(1e-5));
        }
      }
    }
  }

  /** Gehring et al. 2016, section 3.1. */
  @Test
  void meansEqualThePaper() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = trial.sequence("source", DEPTH, LENGTH);
      Memory encoded = mean(4).encode(trial.scope(), source);
      trial.randomise();
      double[][] embedded = embedded(trial, source, 4);
      for (int s = 0; s < LENGTH; s++) {
        for (int i = 0; i < DEPTH; i++) {
          double sum = embedded[s][i];
          sum += s > 0 ? embedded[s - 1][i] : 0;
          sum += s < LENGTH - 1 ? embedded[s + 1][i] : 0;
          assertThat((double) trial.values(encoded.sequence().values())[s * DEPTH + i])
              .isCloseTo(sum / 3, Offset.offset(1e-5));
        }
      }
    }
  }

  /** The last vector of positions is for all beyond. */
  private static double[][] embedded(GraphFixture trial, Sequence source, int positions) {
    float[] values = trial.values(source.values());
    float[] vectors = trial.parameter("model.position");
    double[][] embedded = new double[LENGTH][DEPTH];
    for (int s = 0; s < LENGTH; s++) {
      for (int i = 0; i < DEPTH; i++) {
        embedded[s][i] = values[s * DEPTH + i] + vectors[Math.min(s, positions - 1) * DEPTH + i];
      }
    }
    return embedded;
  }

  private static double[] map(GraphFixture trial, double[] x, String kernel, int columns) {
    float[] values = trial.parameter("model." + kernel);
    double[] y = new double[columns];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < columns; j++) {
        y[j] += x[i] * values[i * columns + j];
      }
    }
    return y;
  }

  private static void add(double[] to, float[] more) {
    for (int j = 0; j < to.length; j++) {
      to[j] += more[j];
    }
  }
}
