package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.rnn.RnnDecoderConfig.Attend;
import org.seq4j.rnn.RnnDecoderConfig.Bridge;
import org.seq4j.rnn.RnnDecoderConfig.DeepOutput;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

class DropoutTest {
  private static final float RATE = 0.4f;

  private static Encoder encoder() {
    return Recurrent.encoder(
        new RnnEncoder.Config(
            Recurrent.LSTM, 4, 2, true, Optional.empty(), Merge.CONCAT, RATE, RATE, RATE, false));
  }

  private static Decoder decoder(boolean inputFeeding) {
    return Recurrent.decoder(
        new RnnDecoderConfig(
            Recurrent.LSTM,
            4,
            2,
            RATE,
            RATE,
            false,
            Optional.of(CoveringAttention.withState()),
            Attend.AFTER,
            Optional.of(inputFeeding),
            Optional.empty(),
            Bridge.DENSE,
            DeepOutput.TANH));
  }

  private static Memory memory(GraphFixture trial) {
    return trial.memory(3, Map.of("layer.0.hidden", 4L), 3, 2);
  }

  /** The mask of the way there and of the way back must be the same. */
  @Test
  void gradientsOfTheEncoderAgreeWithFiniteDifferences() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Sequence source = trial.sequence("source", 3, 4, 2, 3);
      Memory encoded = encoder().encode(trial.scope(), source);
      trial.checkGradients(
          List.of(encoded.sequence().values(), encoded.finalState().floats("layer.1.cell")));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsOfTheDecoderAgreeWithFiniteDifferences(boolean inputFeeding) {
    try (GraphFixture trial = new GraphFixture(true)) {
      Sequence inputs = trial.sequence("inputs", 3, 4, 2);
      DecoderOutput decoded = decoder(inputFeeding).decode(trial.scope(), memory(trial), inputs);
      trial.checkGradients(List.of(decoded.outputs()));
    }
  }

  @Test
  void isForTrainingOnly() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Sequence source = trial.sequence("source", 3, 4, 2, 3);
      Memory training = encoder().encode(trial.scope(), source);
      Memory inference = encoder().encode(trial.scope(false), source);
      Encoder plain =
          Recurrent.encoder(
              new RnnEncoder.Config(
                  Recurrent.LSTM, 4, 2, true, Optional.empty(), Merge.CONCAT, 0, 0, 0, false));
      Memory without = plain.encode(trial.scope(false), source);
      trial.randomise();
      assertThat(trial.values(training.sequence().values()))
          .isNotEqualTo(trial.values(inference.sequence().values()));
      trial.checkEqual(
          "inference",
          List.of(inference.sequence().values()),
          List.of(without.sequence().values()));
    }
  }

  @Test
  void dropsAShareOfTheDecodersOutputs() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Sequence inputs = trial.sequence("inputs", 3, 20, 20);
      DecoderOutput decoded = decoder(true).decode(trial.scope(), memory(trial), inputs);
      trial.randomise();
      float[] outputs = trial.values(decoded.outputs()); // [2, 20, 4]
      int dropped = 0;
      for (float output : outputs) {
        dropped += output == 0 ? 1 : 0;
      }
      assertThat((double) dropped / outputs.length).isBetween(0.25, 0.55);
    }
  }

  /** Shows which units products did not see. */
  private static final class Telltale implements Cell {
    @Override
    public List<String> stateNames() {
      return List.of("hidden");
    }

    @Override
    public NamedTensors step(
        Scope scope,
        long units,
        List<Operand<TFloat32>> inputs,
        Operand<TFloat32> recurrent,
        NamedTensors state) {
      var tf = scope.tf();
      var unseen = tf.dtypes.cast(tf.math.equal(recurrent, tf.constant(0f)), TFloat32.class);
      return NamedTensors.of(
          "hidden",
          tf.math.add(
              tf.math.add(unseen, tf.constant(1f)), tf.math.mul(recurrent, tf.constant(0f))));
    }
  }

  /** Gal and Ghahramani 2016: one mask for all steps of a sequence, another for each sequence. */
  @Test
  void theRecurrenceDropsTheSameUnitsAtAllSteps() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Layer layer = new Layer(new Telltale(), 50, RATE);
      Sequence source = trial.sequence("source", 3, 6, 6);
      var scope = trial.scope();
      var scanned =
          layer.run(
              scope,
              NamedTensors.of("x", source.values()),
              source.lengths(),
              layer.zeroState(scope, source.lengths()),
              layer.recurrentMask(scope, source.lengths()),
              Loop.Direction.FORWARD);
      trial.randomise();
      float[] shown = trial.values(scanned.outputs().floats(Layer.OUTPUT)); // [2, 6, 50]
      int dropped = 0;
      int differing = 0;
      for (int unit = 0; unit < 50; unit++) {
        for (int row = 0; row < 2; row++) {
          float second = shown[(row * 6 + 1) * 50 + unit]; // the first step's state is zero
          for (int t = 2; t < 6; t++) {
            assertThat(shown[(row * 6 + t) * 50 + unit]).isEqualTo(second);
          }
          dropped += second == 2 ? 1 : 0;
        }
        differing += shown[50 + unit] != shown[7 * 50 + unit] ? 1 : 0;
      }
      assertThat(dropped / 100.0).isBetween(0.25, 0.55);
      assertThat(differing).isGreaterThan(10);
    }
  }
}
