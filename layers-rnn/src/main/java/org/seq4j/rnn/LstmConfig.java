package org.seq4j.rnn;

import org.seq4j.core.config.Key;

/** The keys of the cell {@code lstm}. */
public record LstmConfig(
    @Key(
            doc =
                "The first bias of the forget gates: above 0, so that the cell remembers before it"
                    + " has learned what to forget (Gers et al. 2000).",
            defaultValue = "1.0")
        float forgetBias,
    @Key(
            doc =
                "Whether the gates also see the cell, each unit its own (Gers and Schmidhuber 2000).",
            defaultValue = "false")
        boolean peepholes,
    @Key(
            doc =
                "Whether the sums of the input, of the hidden state and of the cell are brought to"
                    + " mean 0 and variance 1 (Ba et al. 2016, eq. 20 to 22).",
            defaultValue = "false")
        boolean layerNorm) {}
