package org.seq4j.rnn;

import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;

/** Components of this module for tests, small and without dropout. */
final class Recurrent {
  static final Component<Cell> LSTM =
      Component.of(new LstmCellFactory(), new LstmCell.Config(1, false, false));
  static final Component<Cell> GRU = Component.of(new GruCellFactory(), new GruCell.Config(true));
  static final Component<Cell> GRU_RESET_BEFORE =
      Component.of(new GruCellFactory(), new GruCell.Config(false));
  static final Component<Cell> LSTM_WITH_PEEPHOLES =
      Component.of(new LstmCellFactory(), new LstmCell.Config(1, true, false));
  static final Component<Cell> LSTM_NORMALISED =
      Component.of(new LstmCellFactory(), new LstmCell.Config(1, true, true));
  static final Component<Cell> ELMAN =
      Component.of(new ElmanCellFactory(), new ElmanCell.Config(ElmanCell.Config.Activation.TANH));
  static final Component<Cell> ELMAN_RELU =
      Component.of(new ElmanCellFactory(), new ElmanCell.Config(ElmanCell.Config.Activation.RELU));
  static final Component<Cell> MIN_GRU = Component.of(new MinGruCellFactory(), new MinGruConfig());
  static final ComponentContext CONTEXT = new ComponentContext(Path.of("."));

  private Recurrent() {}

  static Encoder encoder(Component<Cell> cell, int layers, boolean bidirectional) {
    return encoder(
        new RnnEncoder.Config(
            cell, 4, layers, bidirectional, Optional.empty(), Merge.CONCAT, 0, 0, 0, layers > 1));
  }

  static Encoder encoder(RnnEncoder.Config config) {
    return new RnnEncoderFactory().create(config, CONTEXT);
  }

  static Decoder decoder(RnnDecoderConfig config) {
    return new RnnDecoderFactory().create(config, CONTEXT);
  }
}
