package org.seq4j.attention;

import java.util.Optional;
import org.seq4j.core.config.Key;
import org.seq4j.core.layers.Normalizer;

/** The keys of the attention {@code bahdanau}. */
public record BahdanauConfig(
    @Key(
            doc =
                "The size of the layer that compares query and key (Bahdanau et al. 2015, n' in"
                    + " appendix A.1.2); the depth of the memory unless given.",
            min = 1)
        Optional<Integer> units,
    @Key(
            doc =
                "Whether the layer's last vector is only a direction with a learned length, and the layer"
                    + " has a bias (Salimans and Kingma 2016; Raffel et al. 2017, eq. 16).",
            defaultValue = "false")
        boolean normed,
    @Key(
            doc =
                "How scores become weights: softmax, or sparsemax, which gives most positions exactly 0"
                    + " (Martins and Astudillo 2016).",
            defaultValue = "softmax")
        Normalizer normalizer) {}
