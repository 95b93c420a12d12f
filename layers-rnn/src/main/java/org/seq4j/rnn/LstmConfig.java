package org.seq4j.rnn;

import org.seq4j.core.config.Key;

/** The keys of the cell {@code lstm}. */
public record LstmConfig(
    @Key(
            doc =
                "The first bias of the forget gates: above 0, so that the cell remembers before it"
                    + " has learned what to forget (Gers et al. 2000).",
            defaultValue = "1.0")
        float forgetBias) {}
