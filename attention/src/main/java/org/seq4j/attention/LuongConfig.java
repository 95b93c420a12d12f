package org.seq4j.attention;

import org.seq4j.core.config.Key;
import org.seq4j.core.layers.Normalizer;

/** The keys of the attention {@code luong}. */
public record LuongConfig(
    @Key(
            doc =
                "How a query is compared with a key (Luong et al. 2015, eq. 8): dot (their product; needs"
                    + " equal depths), scaled-dot (the same by the root of the depth; Vaswani et al. 2017,"
                    + " eq. 1), general (their product with a matrix between) or concat (a layer over"
                    + " both).",
            defaultValue = "general")
        LuongScore score,
    @Key(
            doc =
                "How scores become weights: softmax, or sparsemax, which gives most positions exactly 0"
                    + " (Martins and Astudillo 2016).",
            defaultValue = "softmax")
        Normalizer normalizer) {}
