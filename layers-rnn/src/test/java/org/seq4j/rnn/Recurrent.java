package org.seq4j.rnn;

import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.NoKeys;

/** Components of this module for tests, small and without dropout. */
final class Recurrent {
  static final Component<Cell> LSTM =
      Component.of(Cell.class, "lstm", new LstmCell.Config(1, false, false), LstmCell::new);
  static final Component<Cell> GRU =
      Component.of(Cell.class, "gru", new GruCell.Config(true), GruCell::new);
  static final Component<Cell> GRU_RESET_BEFORE =
      Component.of(Cell.class, "gru", new GruCell.Config(false), GruCell::new);
  static final Component<Cell> LSTM_WITH_PEEPHOLES =
      Component.of(Cell.class, "lstm", new LstmCell.Config(1, true, false), LstmCell::new);
  static final Component<Cell> LSTM_NORMALIZED =
      Component.of(Cell.class, "lstm", new LstmCell.Config(1, true, true), LstmCell::new);
  static final Component<Cell> ELMAN =
      Component.of(
          Cell.class,
          "rnn",
          new ElmanCell.Config(ElmanCell.Config.Activation.TANH),
          ElmanCell::new);
  static final Component<Cell> ELMAN_RELU =
      Component.of(
          Cell.class,
          "rnn",
          new ElmanCell.Config(ElmanCell.Config.Activation.RELU),
          ElmanCell::new);
  static final Component<Cell> MIN_GRU =
      Component.of(Cell.class, "min-gru", new NoKeys(), keys -> new MinGruCell());
  static final ComponentContext CONTEXT = new ComponentContext(Path.of("."));

  private Recurrent() {}

  static Encoder encoder(Component<Cell> cell, int layers, boolean bidirectional) {
    return encoder(
        new RnnEncoder.Config(
            cell, 4, layers, bidirectional, Optional.empty(), Merge.CONCAT, 0, 0, 0, layers > 1));
  }

  static Encoder encoder(RnnEncoder.Config config) {
    return new RnnEncoder(config, CONTEXT);
  }

  static Decoder decoder(RnnDecoderConfig config) {
    return new RnnDecoder(config, CONTEXT);
  }
}
