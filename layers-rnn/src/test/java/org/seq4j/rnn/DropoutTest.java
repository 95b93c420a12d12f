package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.model.Decoded;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.Trial;
import org.seq4j.rnn.RnnDecoderConfig.Bridge;

class DropoutTest {
  private static final float RATE = 0.4f;

  private static Encoder encoder() {
    return Recurrent.encoder(new RnnEncoderConfig(Recurrent.LSTM, 4, 2, true, RATE, false));
  }

  private static Decoder decoder(boolean inputFeeding) {
    return Recurrent.decoder(
        new RnnDecoderConfig(
            Recurrent.LSTM,
            4,
            2,
            RATE,
            false,
            Optional.of(CoveringAttention.withState()),
            Optional.of(inputFeeding),
            Optional.empty(),
            Bridge.DENSE));
  }

  private static Memory memory(Trial trial) {
    return trial.memory(3, Map.of("layer.0.hidden", 4L), 3, 2);
  }

  /** The mask of the way there and of the way back must be the same. */
  @Test
  void gradientsOfTheEncoderAgreeWithFiniteDifferences() {
    try (Trial trial = new Trial(true)) {
      Sequence source = trial.sequence("source", 3, 4, 2, 3);
      Encoder.Encoded encoded = encoder().encode(trial.scope(), source);
      trial.checkGradients(
          List.of(encoded.sequence().values(), encoded.finalState().floats("layer.1.cell")));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientsOfTheDecoderAgreeWithFiniteDifferences(boolean inputFeeding) {
    try (Trial trial = new Trial(true)) {
      Sequence inputs = trial.sequence("inputs", 3, 4, 2);
      Decoded decoded = decoder(inputFeeding).decode(trial.scope(), memory(trial), inputs);
      trial.checkGradients(List.of(decoded.outputs()));
    }
  }

  @Test
  void isForTrainingOnly() {
    try (Trial trial = new Trial(true)) {
      Sequence source = trial.sequence("source", 3, 4, 2, 3);
      Encoder.Encoded training = encoder().encode(trial.scope(), source);
      Encoder.Encoded inference = encoder().encode(trial.scope(false), source);
      Encoder plain = Recurrent.encoder(new RnnEncoderConfig(Recurrent.LSTM, 4, 2, true, 0, false));
      Encoder.Encoded without = plain.encode(trial.scope(false), source);
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
    try (Trial trial = new Trial(true)) {
      Sequence inputs = trial.sequence("inputs", 3, 20, 20);
      Decoded decoded = decoder(true).decode(trial.scope(), memory(trial), inputs);
      trial.randomise();
      float[] outputs = trial.values(decoded.outputs()); // [2, 20, 4]
      int dropped = 0;
      for (float output : outputs) {
        dropped += output == 0 ? 1 : 0;
      }
      assertThat((double) dropped / outputs.length).isBetween(0.25, 0.55);
    }
  }
}
