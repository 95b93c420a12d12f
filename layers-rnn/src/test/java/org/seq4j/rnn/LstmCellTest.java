package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seq4j.rnn.PaperCell.UNITS;
import static org.seq4j.rnn.PaperCell.sigmoid;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.runtime.graph.ModelGraph;

class LstmCellTest {

  /** Hochreiter and Schmidhuber 1997 with the forget gate of Gers et al. 2000. */
  @Test
  void equalsThePaper() {
    PaperCell.check(
        Recurrent.LSTM.create(Recurrent.CONTEXT),
        (weights, x, state) -> {
          double[] h = state.get("hidden");
          double[] c = state.get("cell");
          double[][] gates = new double[4][UNITS]; // i, f, o, g
          for (int gate = 0; gate < 4; gate++) {
            double[] ofX = weights.product(x, "gates.kernel.0", gate);
            double[] ofH = weights.product(h, "gates.kernel.1", gate);
            double[] bias = weights.bias("gates.bias", gate);
            for (int j = 0; j < UNITS; j++) {
              double sum = ofX[j] + ofH[j] + bias[j];
              gates[gate][j] = gate < 3 ? sigmoid(sum) : Math.tanh(sum);
            }
          }
          double[] cell = new double[UNITS];
          double[] hidden = new double[UNITS];
          for (int j = 0; j < UNITS; j++) {
            cell[j] = gates[1][j] * c[j] + gates[0][j] * gates[3][j];
            hidden[j] = gates[2][j] * Math.tanh(cell[j]);
          }
          return Map.of("hidden", hidden, "cell", cell);
        });
  }

  @Test
  void theFirstBiasOpensTheForgetGates() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      var scope = model.scope(false);
      var zeros = scope.tf().constant(new float[1][2]);
      NamedTensors state = NamedTensors.of("hidden", zeros).with("cell", zeros);
      new LstmCell(new LstmCell.Config(1.5f, false, false))
          .step(scope, 2, List.of(zeros), zeros, state);
      model.initialize();
      assertThat(model.read().get("gates.bias")).containsExactly(0, 0, 1.5f, 1.5f, 0, 0, 0, 0);
    }
  }

  /** Gers and Schmidhuber 2000: i and f see the cell before, o the cell after. */
  @Test
  void equalsThePaperWithPeepholes() {
    PaperCell.check(
        Recurrent.LSTM_WITH_PEEPHOLES.create(Recurrent.CONTEXT),
        (weights, x, state) -> {
          double[] h = state.get("hidden");
          double[] c = state.get("cell");
          double[] cell = new double[UNITS];
          double[] hidden = new double[UNITS];
          for (int j = 0; j < UNITS; j++) {
            double[] sums = new double[4]; // i, f, o, g
            for (int gate = 0; gate < 4; gate++) {
              sums[gate] =
                  weights.product(x, "gates.kernel.0", gate)[j]
                      + weights.product(h, "gates.kernel.1", gate)[j]
                      + weights.bias("gates.bias", gate)[j];
            }
            double i = sigmoid(sums[0] + weights.bias("input_peephole", 0)[j] * c[j]);
            double f = sigmoid(sums[1] + weights.bias("forget_peephole", 0)[j] * c[j]);
            cell[j] = f * c[j] + i * Math.tanh(sums[3]);
            double o = sigmoid(sums[2] + weights.bias("output_peephole", 0)[j] * cell[j]);
            hidden[j] = o * Math.tanh(cell[j]);
          }
          return Map.of("hidden", hidden, "cell", cell);
        });
  }

  /** Ba et al. 2016, eq. 20 to 22, here with peepholes too. */
  @Test
  void equalsThePaperWithLayerNormalization() {
    PaperCell.check(
        Recurrent.LSTM_NORMALIZED.create(Recurrent.CONTEXT),
        (weights, x, state) -> {
          double[] c = state.get("cell");
          double[] ofInput = normalized(weights, x, "input", 4);
          double[] ofHidden = normalized(weights, state.get("hidden"), "hidden", 4);
          double[] cell = new double[UNITS];
          double[] outputs = new double[UNITS];
          for (int j = 0; j < UNITS; j++) {
            double[] sums = new double[4]; // i, f, o, g
            for (int gate = 0; gate < 4; gate++) {
              sums[gate] =
                  ofInput[gate * UNITS + j]
                      + ofHidden[gate * UNITS + j]
                      + weights.bias("bias", gate)[j];
            }
            double i = sigmoid(sums[0] + weights.bias("input_peephole", 0)[j] * c[j]);
            double f = sigmoid(sums[1] + weights.bias("forget_peephole", 0)[j] * c[j]);
            cell[j] = f * c[j] + i * Math.tanh(sums[3]);
            outputs[j] = sigmoid(sums[2] + weights.bias("output_peephole", 0)[j] * cell[j]);
          }
          double[] shown = normalized(cell, weights, "cell_norm");
          double[] hidden = new double[UNITS];
          for (int j = 0; j < UNITS; j++) {
            hidden[j] = outputs[j] * Math.tanh(shown[j] + weights.bias("cell_norm.bias", 0)[j]);
          }
          return Map.of("hidden", hidden, "cell", cell);
        });
  }

  private static double[] normalized(
      PaperCell.Weights weights, double[] x, String name, int blocks) {
    double[] sums = new double[blocks * UNITS];
    for (int block = 0; block < blocks; block++) {
      System.arraycopy(weights.product(x, name + ".kernel", block), 0, sums, block * UNITS, UNITS);
    }
    return normalized(sums, weights, name + "_norm");
  }

  /** Eq. 4. */
  private static double[] normalized(double[] x, PaperCell.Weights weights, String name) {
    double mean = Arrays.stream(x).average().orElseThrow();
    double variance =
        Arrays.stream(x).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    double[] normalized = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      double gain = weights.bias(name + ".gain", j / UNITS)[j % UNITS];
      normalized[j] = gain * (x[j] - mean) / Math.sqrt(variance + 1e-5);
    }
    return normalized;
  }
}
