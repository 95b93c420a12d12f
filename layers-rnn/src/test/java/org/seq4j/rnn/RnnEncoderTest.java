package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Sequence;
import org.seq4j.testkit.EncoderContract;
import org.seq4j.testkit.GraphFixture;

class RnnEncoderTest {

  @Nested
  class OfOneDirection extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(Recurrent.LSTM, 1, false);
    }
  }

  @Nested
  class OfBothDirections extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(Recurrent.LSTM, 1, true);
    }
  }

  @Nested
  class OfTwoResidualLayers extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(Recurrent.LSTM, 2, true);
    }
  }

  @Nested
  class OfGru extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(Recurrent.GRU, 2, false);
    }
  }

  @Nested
  class OfGruThatResetsBefore extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(Recurrent.GRU_RESET_BEFORE, 1, true);
    }
  }

  @Nested
  class OfPeepholes extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(Recurrent.LSTM_WITH_PEEPHOLES, 1, false);
    }
  }

  @Nested
  class OfNormalizedLayers extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(Recurrent.LSTM_NORMALIZED, 1, true);
    }
  }

  @Nested
  class OfMinGru extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(Recurrent.MIN_GRU, 2, true);
    }
  }

  @Nested
  class OfElman extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(Recurrent.ELMAN, 1, false);
    }
  }

  /** Wu et al. 2016, section 3: the lowest layer in both directions, residual above. */
  @Nested
  class OfOneLayerInBothDirections extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(
          new RnnEncoder.Config(
              Recurrent.GRU, 4, 3, true, Optional.of(1), Merge.CONCAT, 0, 0, 0, true));
    }
  }

  @Nested
  class OfSummedDirections extends EncoderContract {
    @Override
    protected Encoder encoder() {
      return Recurrent.encoder(
          new RnnEncoder.Config(
              Recurrent.LSTM, 4, 2, true, Optional.empty(), Merge.SUM, 0, 0, 0, true));
    }
  }

  @Test
  void layersAreAsDeepAsTheyAreMerged() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence source = trial.sequence("source", 3, 4, 2);
      assertThat(depth(trial, source, Optional.empty(), Merge.CONCAT)).isEqualTo(8);
      assertThat(depth(trial, source, Optional.of(1), Merge.CONCAT)).isEqualTo(4);
      assertThat(depth(trial, source, Optional.empty(), Merge.SUM)).isEqualTo(4);
    }
  }

  private static long depth(
      GraphFixture trial, Sequence source, Optional<Integer> layers, Merge merge) {
    Encoder encoder =
        Recurrent.encoder(
            new RnnEncoder.Config(Recurrent.GRU, 4, 2, true, layers, merge, 0, 0, 0, false));
    Scope scope = trial.scope().child(merge + "-" + layers.orElse(2));
    return encoder.encode(scope, source).sequence().depth();
  }
}
