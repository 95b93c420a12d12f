package org.seq4j.rnn;

import org.seq4j.core.config.Key;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;

/** The keys of the encoder {@code rnn}. */
public record RnnEncoderConfig(
    @Key(doc = "The cell of every layer.", defaultValue = "{type: lstm}") Component<Cell> cell,
    @Key(doc = "The size of each layer's state, in each direction.", min = 1) int units,
    @Key(doc = "How many layers stand one above the other.", defaultValue = "1", min = 1)
        int layers,
    @Key(
            doc =
                "Whether each layer also reads from the end to the start; what the two directions"
                    + " find stands side by side, 2 * units deep (Bahdanau et al. 2015, section"
                    + " 3.2).",
            defaultValue = "false")
        boolean bidirectional,
    @Key(
            doc =
                "The share of each layer's input that is set to zero in training, the embedded"
                    + " source included (Zaremba et al. 2014).",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        float dropout,
    @Key(
            doc =
                "Whether the input of each layer from the second on is added to its output (Wu et"
                    + " al. 2016, section 3.1).",
            defaultValue = "false")
        boolean residual) {}
