package org.seq4j.rnn;

import org.junit.jupiter.api.Nested;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.EncoderContract;

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
}
