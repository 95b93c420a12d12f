package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.seq4j.rnn.PaperCell.UNITS;
import static org.seq4j.rnn.PaperCell.sigmoid;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.ModelGraph;
import org.seq4j.core.graph.NamedTensors;

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
      new LstmCell(new LstmConfig(1.5f)).step(scope, 2, List.of(zeros), state);
      model.initialise();
      assertThat(model.read().get("gates.bias")).containsExactly(0, 0, 1.5f, 1.5f, 0, 0, 0, 0);
    }
  }
}
