package org.seq4j.rnn;

import org.seq4j.core.config.Key;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Component;

/** The keys of the encoder {@code pyramidal}. */
public record PyramidalEncoderConfig(
    @Key(doc = "The cell of every layer.", defaultValue = "{type: lstm}") Component<Cell> cell,
    @Key(doc = "The size of each layer's state, in each direction.", min = 1, example = "256")
        int units,
    @Key(
            doc =
                "How many layers stand one above the other; between two of them sources get shorter.",
            defaultValue = "3",
            min = 2)
        int layers,
    @Key(
            doc = "How many outputs of a layer are side by side one input of the next.",
            defaultValue = "2",
            min = 2,
            max = 16)
        int factor,
    @Key(doc = "Whether layers also read from the end to the start.", defaultValue = "true")
        boolean bidirectional,
    @Key(
            doc =
                "How what two directions find becomes one: concat (side by side, 2 * units deep) or"
                    + " sum.",
            defaultValue = "concat")
        Merge merge,
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
                "The share of each layer's units that its products with the step before do not see"
                    + " in training, the same ones at all steps (Gal and Ghahramani 2016).",
            defaultValue = "0.0",
            min = 0,
            max = 0.99)
        float recurrentDropout) {}
