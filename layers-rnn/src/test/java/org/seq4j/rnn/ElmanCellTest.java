package org.seq4j.rnn;

import static org.seq4j.rnn.PaperCell.UNITS;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.Cell;

/** Against Elman 1990. */
class ElmanCellTest {

  @Test
  void equalsThePaper() {
    check(Recurrent.ELMAN.create(Recurrent.CONTEXT), Math::tanh);
  }

  @Test
  void equalsThePaperWithARectifier() {
    check(Recurrent.ELMAN_RELU.create(Recurrent.CONTEXT), sum -> Math.max(0, sum));
  }

  private static void check(Cell cell, DoubleUnaryOperator function) {
    PaperCell.check(
        cell,
        (weights, x, state) -> {
          double[] next = new double[UNITS];
          for (int j = 0; j < UNITS; j++) {
            next[j] =
                function.applyAsDouble(
                    weights.product(x, "hidden.kernel.0", 0)[j]
                        + weights.product(state.get("hidden"), "hidden.kernel.1", 0)[j]
                        + weights.bias("hidden.bias", 0)[j]);
          }
          return Map.of("hidden", next);
        });
  }
}
