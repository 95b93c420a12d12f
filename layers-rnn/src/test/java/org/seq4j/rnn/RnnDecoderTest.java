package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.plugin.Component;
import org.seq4j.rnn.RnnDecoderConfig.Attend;
import org.seq4j.rnn.RnnDecoderConfig.Bridge;
import org.seq4j.rnn.RnnDecoderConfig.Context;
import org.seq4j.rnn.RnnDecoderConfig.DeepOutput;
import org.seq4j.testkit.DecoderContract;
import org.seq4j.testkit.GraphFixture;

class RnnDecoderTest {

  private static Decoder attending(
      Component<Cell> cell,
      int layers,
      Component<AttentionMechanism> attention,
      boolean inputFeeding) {
    return Recurrent.decoder(
        new RnnDecoderConfig(
            cell,
            4,
            layers,
            0,
            0,
            layers > 1,
            Optional.of(attention),
            Attend.AFTER,
            Optional.of(inputFeeding),
            Optional.empty(),
            Bridge.DENSE,
            DeepOutput.NONE));
  }

  private static Decoder without(Component<Cell> cell, int layers, Context context, Bridge bridge) {
    return Recurrent.decoder(
        new RnnDecoderConfig(
            cell,
            4,
            layers,
            0,
            0,
            layers > 1,
            Optional.empty(),
            Attend.AFTER,
            Optional.empty(),
            Optional.of(context),
            bridge,
            DeepOutput.NONE));
  }

  private static Decoder deep(
      Component<Cell> cell,
      int layers,
      Optional<Component<AttentionMechanism>> attention,
      Attend attend,
      Optional<Boolean> inputFeeding,
      Optional<Context> context,
      DeepOutput output) {
    return Recurrent.decoder(
        new RnnDecoderConfig(
            cell,
            4,
            layers,
            0,
            0,
            false,
            attention,
            attend,
            inputFeeding,
            context,
            Bridge.DENSE,
            output));
  }

  @Nested
  class WithAttentionBefore extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return deep(
          Recurrent.GRU,
          2,
          Optional.of(CoveringAttention.withState()),
          Attend.BEFORE,
          Optional.empty(),
          Optional.empty(),
          DeepOutput.MAXOUT);
    }
  }

  @Nested
  class WithAttentionBetween extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return deep(
          Recurrent.LSTM,
          2,
          Optional.of(CoveringAttention.withoutState()),
          Attend.BETWEEN,
          Optional.empty(),
          Optional.empty(),
          DeepOutput.TANH);
    }
  }

  @Nested
  class WithDeepOutputAndInputFeeding extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return deep(
          Recurrent.ELMAN,
          1,
          Optional.of(CoveringAttention.withoutState()),
          Attend.AFTER,
          Optional.of(true),
          Optional.empty(),
          DeepOutput.TANH);
    }
  }

  @Nested
  class WithDeepOutputAtOnce extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return deep(
          Recurrent.MIN_GRU,
          1,
          Optional.of(CoveringAttention.withoutState()),
          Attend.AFTER,
          Optional.of(false),
          Optional.empty(),
          DeepOutput.MAXOUT);
    }
  }

  @Nested
  class WithDeepOutputOfTheContext extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return deep(
          Recurrent.LSTM_NORMALIZED,
          1,
          Optional.empty(),
          Attend.AFTER,
          Optional.empty(),
          Optional.of(Context.EVERY_STEP),
          DeepOutput.MAXOUT);
    }
  }

  @Nested
  class WithTheFinalStateOnly extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return without(Recurrent.LSTM, 1, Context.INITIAL_STATE, Bridge.COPY);
    }
  }

  @Nested
  class WithTheContextAtEveryStep extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return without(Recurrent.GRU, 2, Context.EVERY_STEP, Bridge.DENSE);
    }
  }

  @Nested
  class WithTheContextAtEveryStepOnly extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return without(Recurrent.GRU_RESET_BEFORE, 1, Context.EVERY_STEP, Bridge.ZERO);
    }
  }

  @Nested
  class WithAttention extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return attending(Recurrent.LSTM, 1, CoveringAttention.withoutState(), false);
    }
  }

  @Nested
  class WithInputFeeding extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return attending(Recurrent.LSTM, 1, CoveringAttention.withoutState(), true);
    }
  }

  @Nested
  class WithSequentialAttention extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return attending(Recurrent.GRU, 1, CoveringAttention.withState(), false);
    }
  }

  @Nested
  class WithEverything extends DecoderContract {
    @Override
    protected Decoder decoder() {
      return attending(Recurrent.LSTM, 2, CoveringAttention.withState(), true);
    }

    @Override
    protected Map<String, Long> finalState() {
      return Map.of("layer.0.hidden", 6L, "layer.0.cell", 6L, "layer.1.hidden", 2L);
    }
  }

  @Test
  void namesItsStatesInAFixedOrder() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Memory memory = trial.memory(5, Map.of("layer.0.hidden", 4L, "layer.0.cell", 4L), 3, 2);
      Decoder decoder = attending(Recurrent.LSTM, 2, CoveringAttention.withState(), true);
      var prepared = decoder.prepare(trial.scope(), memory);
      assertThat(decoder.initialState(trial.scope(), prepared).names())
          .containsExactly(
              "layer.0.hidden",
              "layer.0.cell",
              "layer.1.hidden",
              "layer.1.cell",
              "feed",
              "attention.coverage");
    }
  }
}
