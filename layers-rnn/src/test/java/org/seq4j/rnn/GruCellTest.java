package org.seq4j.rnn;

import static org.seq4j.rnn.PaperCell.UNITS;
import static org.seq4j.rnn.PaperCell.sigmoid;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GruCellTest {

  /** The form of cuDNN: r multiplies the product of the hidden state, bias included. */
  @Test
  void equalsThePaperWithTheResetAfter() {
    PaperCell.check(
        Recurrent.GRU.create(Recurrent.CONTEXT),
        (weights, x, state) -> {
          double[] h = state.get("hidden");
          double[][] ofX = new double[3][]; // r, z, n
          double[][] ofH = new double[3][];
          for (int gate = 0; gate < 3; gate++) {
            ofX[gate] =
                sum(weights.product(x, "input.kernel", gate), weights.bias("input.bias", gate));
            ofH[gate] =
                sum(weights.product(h, "hidden.kernel", gate), weights.bias("hidden.bias", gate));
          }
          double[] next = new double[UNITS];
          for (int j = 0; j < UNITS; j++) {
            double r = sigmoid(ofX[0][j] + ofH[0][j]);
            double z = sigmoid(ofX[1][j] + ofH[1][j]);
            double n = Math.tanh(ofX[2][j] + r * ofH[2][j]);
            next[j] = z * h[j] + (1 - z) * n;
          }
          return Map.of("hidden", next);
        });
  }

  /** Cho et al. 2014, eq. 5 to 8, with biases. */
  @Test
  void equalsThePaperWithTheResetBefore() {
    PaperCell.check(
        Recurrent.GRU_RESET_BEFORE.create(Recurrent.CONTEXT),
        (weights, x, state) -> {
          double[] h = state.get("hidden");
          double[][] gates = new double[2][]; // r, z
          for (int gate = 0; gate < 2; gate++) {
            gates[gate] =
                sum(
                    sum(
                        weights.product(x, "gates.kernel.0", gate),
                        weights.product(h, "gates.kernel.1", gate)),
                    weights.bias("gates.bias", gate));
          }
          double[] reset = new double[UNITS];
          for (int j = 0; j < UNITS; j++) {
            reset[j] = sigmoid(gates[0][j]) * h[j];
          }
          double[] candidate =
              sum(
                  sum(
                      weights.product(x, "candidate.kernel.0", 0),
                      weights.product(reset, "candidate.kernel.1", 0)),
                  weights.bias("candidate.bias", 0));
          double[] next = new double[UNITS];
          for (int j = 0; j < UNITS; j++) {
            double z = sigmoid(gates[1][j]);
            next[j] = z * h[j] + (1 - z) * Math.tanh(candidate[j]);
          }
          return Map.of("hidden", next);
        });
  }

  private static double[] sum(double[] a, double[] b) {
    double[] sum = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      sum[i] = a[i] + b[i];
    }
    return sum;
  }
}
