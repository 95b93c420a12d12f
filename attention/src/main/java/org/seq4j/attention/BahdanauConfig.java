package org.seq4j.attention;

import java.util.Optional;
import org.seq4j.core.config.Key;

/** The keys of the attention {@code bahdanau}. */
public record BahdanauConfig(
    @Key(
            doc =
                "The size of the layer that compares query and key (Bahdanau et al. 2015, n' in"
                    + " appendix A.1.2); the depth of the memory unless given.",
            min = 1)
        Optional<Integer> units) {}
