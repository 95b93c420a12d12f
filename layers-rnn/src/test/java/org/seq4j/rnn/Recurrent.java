package org.seq4j.rnn;

import java.nio.file.Path;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;

/** Components of this module for tests, small and without dropout. */
final class Recurrent {
  static final Component<Cell> LSTM = Component.of(new LstmCellFactory(), new LstmConfig(1));
  static final Component<Cell> GRU = Component.of(new GruCellFactory(), new GruConfig(true));
  static final Component<Cell> GRU_RESET_BEFORE =
      Component.of(new GruCellFactory(), new GruConfig(false));
  static final ComponentContext CONTEXT = new ComponentContext(Path.of("."));

  private Recurrent() {}

  static Encoder encoder(Component<Cell> cell, int layers, boolean bidirectional) {
    return encoder(new RnnEncoderConfig(cell, 4, layers, bidirectional, 0, layers > 1));
  }

  static Encoder encoder(RnnEncoderConfig config) {
    return new RnnEncoderFactory().create(config, CONTEXT);
  }

  static Decoder decoder(RnnDecoderConfig config) {
    return new RnnDecoderFactory().create(config, CONTEXT);
  }
}
