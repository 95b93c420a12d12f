package org.seq4j.rnn;

import static org.seq4j.rnn.PaperCell.UNITS;
import static org.seq4j.rnn.PaperCell.sigmoid;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MinGruCellTest {

  /** Feng et al. 2024, section 3.1, with biases. */
  @Test
  void equalsThePaper() {
    PaperCell.check(
        Recurrent.MIN_GRU.create(Recurrent.CONTEXT),
        (weights, x, state) -> {
          double[] h = state.get("hidden");
          double[] next = new double[UNITS];
          for (int j = 0; j < UNITS; j++) {
            double[] sums = new double[2];
            for (int block = 0; block < 2; block++) {
              sums[block] =
                  weights.product(x, "input.kernel", block)[j]
                      + weights.bias("input.bias", block)[j];
            }
            double z = sigmoid(sums[0]);
            next[j] = (1 - z) * h[j] + z * sums[1];
          }
          return Map.of("hidden", next);
        });
  }
}
