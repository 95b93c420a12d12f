package org.seq4j.benchmarks;

import java.util.Locale;

/** The model that both sides compute. */
enum Architecture {
  /** LSTMs with attention, whose result is fed back into the decoder. */
  FEEDING("LSTM, input feeding"),
  /** LSTMs with attention. */
  LSTM("LSTM"),
  /** Layers of self-attention. */
  TRANSFORMER("Transformer");

  /** The number of a Transformer's layers in the encoder, and in the decoder. */
  static final int LAYERS = 3;

  /** The number of a Transformer's heads. */
  static final int HEADS = 4;

  private final String title;

  Architecture(String title) {
    this.title = title;
  }

  /** The name in tables. */
  String title() {
    return title;
  }

  /** The name in options. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The model's config on our side. */
  String config(Workload workload) {
    return this == TRANSFORMER
        ? String.format(
            Locale.ROOT,
            """
            embedding: {source: %1$d, target: %1$d}
            encoder: {type: transformer, units: %1$d, layers: %2$d, heads: %3$d}
            decoder: {type: transformer, units: %1$d, layers: %2$d, heads: %3$d}
            """,
            workload.units,
            LAYERS,
            HEADS)
        : String.format(
            Locale.ROOT,
            """
            embedding: {source: %1$d, target: %1$d}
            encoder: {type: rnn, cell: lstm, units: %2$d, bidirectional: false}
            decoder:
              type: rnn
              cell: lstm
              units: %2$d
              attention: {type: luong, score: general}
              input_feeding: %3$b
              bridge: copy
            """,
            workload.embedding,
            workload.units,
            this == FEEDING);
  }
}
