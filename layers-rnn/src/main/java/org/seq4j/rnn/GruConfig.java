package org.seq4j.rnn;

import org.seq4j.core.config.Key;

/** The keys of the cell {@code gru}. */
public record GruConfig(
    @Key(
            doc =
                "Whether the reset gate acts on the hidden state after its product with the weights"
                    + " (as in cuDNN; faster) or before it (Cho et al. 2014, eq. 8).",
            defaultValue = "true")
        boolean resetAfter) {}
