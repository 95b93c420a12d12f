package org.seq4j.trainer.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.StdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The loss, written out. */
final class DistillationTest {
  private static final int V = 5;
  private static final int[] LENGTHS = {3, 2};

  private static Distillation of(double temperature) {
    return new Distillation(new Distillation.Config(List.of(Path.of("a")), temperature, 1));
  }

  private static ForcedPass pass(GraphFixture trial, Operand<TFloat32> logs) {
    Ops tf = trial.tf();
    Sequence outputs = trial.sequence("outputs", 4, LENGTHS);
    Operand<TFloat32> unused = tf.constant(new float[2][3]);
    return new ForcedPass(
        trial.memory(4, Map.of(), 2, 1),
        new DecoderOutput(outputs.values(), Optional.empty(), NamedTensors.EMPTY),
        outputs.lengths(),
        unused,
        unused,
        unused,
        new ForcedPass.Tokens(tf.constant(new int[2][3]), V, () -> logs),
        Optional.empty());
  }

  private static Operand<TFloat32> logs(GraphFixture trial) {
    Operand<TFloat32> logits = trial.sample("logits", 2, 3, V);
    return trial
        .tf()
        .reshape(
            trial.tf().nn.logSoftmax(Shapes.flatten(trial.tf(), logits, V)),
            trial.tf().shape(logits));
  }

  /** Probabilities of each position; of padding, large numbers. */
  private static float[][][] taught() {
    Random random = new Random(4);
    float[][][] taught = new float[2][3][V];
    for (int row = 0; row < 2; row++) {
      for (int t = 0; t < 3; t++) {
        float sum = 0;
        for (int v = 0; v < V; v++) {
          taught[row][t][v] = random.nextFloat();
          sum += taught[row][t][v];
        }
        for (int v = 0; v < V; v++) {
          taught[row][t][v] /= t < LENGTHS[row] ? sum : 1e-6f;
        }
      }
    }
    return taught;
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 2, 0.5})
  void itIsTheCrossEntropyAtTheTemperature(double temperature) {
    float[][][] taught = taught();
    try (GraphFixture trial = new GraphFixture(true)) {
      Operand<TFloat32> logs = logs(trial);
      Operand<TFloat32> loss =
          of(temperature)
              .loss(
                  trial.scope(),
                  pass(trial, logs),
                  trial.tf().constant(StdArrays.ndCopyOf(taught)));
      trial.checkGradients(List.of(loss));
      trial.randomise();
      float[] values = trial.values(logs);
      double expected = 0;
      for (int row = 0; row < 2; row++) {
        for (int t = 0; t < LENGTHS[row]; t++) {
          double all = 0;
          for (int v = 0; v < V; v++) {
            all += Math.exp(values[(row * 3 + t) * V + v] / temperature);
          }
          for (int v = 0; v < V; v++) {
            double own = values[(row * 3 + t) * V + v] / temperature - Math.log(all);
            expected -= temperature * temperature * taught[row][t][v] * own;
          }
        }
      }
      assertThat((double) trial.values(loss)[0]).isCloseTo(expected, within(1e-4));
    }
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    assertThatThrownBy(() -> Objectives.of(of(1), of(2)))
        .hasMessageContaining("several objectives distillation: name all teachers in one");
    assertThatThrownBy(() -> new Distillation.Config(List.of(), 1, 1))
        .hasMessageContaining("teachers is empty");
  }
}
