package org.seq4j.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.Sequence;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The recurrent unit in the place of self-attention. */
class SimpleRecurrenceTest {
  private static final int UNITS = 3;
  private static final int STEPS = 4;

  /** Kim et al. 2019, in plain Java. */
  @Test
  void equalsThePaper() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence inputs = trial.sequence("inputs", UNITS, STEPS);
      Operand<TFloat32> outputs =
          new SimpleRecurrence(UNITS)
              .all(
                  trial.scope(),
                  inputs.values(),
                  inputs.lengths(),
                  new SelfAttention.Context(Optional.empty(), Optional.empty()));
      trial.randomise();
      float[] x = trial.values(inputs.values());
      float[] found = trial.values(outputs);
      float[] forgetKernel = trial.parameter("model.forget.kernel");
      float[] forgetBias = trial.parameter("model.forget.bias");
      float[] kernel = trial.parameter("model.input.kernel");
      double[] cell = new double[UNITS];
      for (int t = 0; t < STEPS; t++) {
        for (int j = 0; j < UNITS; j++) {
          double sum = forgetBias[j];
          double value = 0;
          for (int i = 0; i < UNITS; i++) {
            sum += x[t * UNITS + i] * forgetKernel[i * UNITS + j];
            value += x[t * UNITS + i] * kernel[i * UNITS + j];
          }
          double forget = 1 / (1 + Math.exp(-sum));
          cell[j] = forget * cell[j] + (1 - forget) * value;
          assertThat((double) found[t * UNITS + j])
              .isCloseTo(Math.max(cell[j], 0), Offset.offset(1e-5));
        }
      }
    }
  }
}
