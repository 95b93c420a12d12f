package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.testkit.GraphFixture;

class FinalStateTest {
  private static final List<String> OF_LSTM = List.of("layer.0.hidden", "layer.0.cell");

  private static FinalState state(GraphFixture trial, Map<String, Long> depths) {
    return new FinalState(trial.memory(2, depths, 3, 2).finalState());
  }

  @Test
  void copyGivesTheStatesThemselves() {
    try (GraphFixture trial = new GraphFixture(false)) {
      FinalState given = state(trial, Map.of("layer.0.hidden", 4L, "layer.0.cell", 4L));
      var copied = given.copy(OF_LSTM, 4);
      assertThat(copied.names()).isEqualTo(OF_LSTM);
      assertThat(copied.get("layer.0.cell")).isSameAs(given.tensors().get("layer.0.cell"));
    }
  }

  @Test
  void copyRefusesOtherStates() {
    try (GraphFixture trial = new GraphFixture(false)) {
      FinalState given = state(trial, Map.of("layer.0.hidden", 8L));
      assertThatThrownBy(() -> given.copy(OF_LSTM, 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "bridge: copy needs equal states of encoder and decoder, but the decoder has"
                  + " [layer.0.hidden of 4, layer.0.cell of 4] and the encoder"
                  + " [layer.0.hidden of 8]: use bridge:"
                  + " dense, or equal cells, layers and units");
    }
  }

  @Test
  void denseTakesTheLastHiddenVectorForWhatTheEncoderDoesNotHave() {
    try (GraphFixture trial = new GraphFixture(false)) {
      FinalState given = state(trial, Map.of("layer.0.hidden", 4L, "layer.10.hidden", 6L));
      var mapped = given.dense(trial.scope(), OF_LSTM, 3);
      trial.randomise();
      assertThat(trial.parameters())
          .containsExactly(
              "model.layer.0.hidden.bridge.kernel",
              "model.layer.0.hidden.bridge.bias",
              "model.layer.0.cell.bridge.kernel",
              "model.layer.0.cell.bridge.bias");
      assertThat(trial.parameter("model.layer.0.cell.bridge.kernel")).hasSize(6 * 3);
      assertThat(trial.values(mapped.floats("layer.0.cell"))).hasSize(2 * 3);
    }
  }

  @Test
  void namesWhatAnEncoderWithoutAHiddenVectorLacks() {
    try (GraphFixture trial = new GraphFixture(false)) {
      FinalState given = state(trial, Map.of("summary", 4L));
      assertThatThrownBy(() -> given.hidden("context: every-step"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "context: every-step needs an encoder with a final state layer.N.hidden, but"
                  + " this one has [summary]: use attention and bridge: zero, or another encoder");
    }
  }
}
