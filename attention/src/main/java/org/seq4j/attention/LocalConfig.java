package org.seq4j.attention;

import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.plugin.Key;

/** The keys of the attentions {@code local-m} and {@code local-p}. */
public record LocalConfig(
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
                "How many positions to each side of its middle the window has (Luong et al. 2015, D in"
                    + " section 3.2).",
            defaultValue = "10",
            min = 1)
        int window,
    @Key(
            doc =
                "How scores become weights: softmax, or sparsemax, which gives most positions exactly 0"
                    + " (Martins and Astudillo 2016).",
            defaultValue = "softmax")
        Normalizer normalizer) {}
