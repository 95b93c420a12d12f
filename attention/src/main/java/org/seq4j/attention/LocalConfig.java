package org.seq4j.attention;

import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.plugin.Key;

/** The configuration of the attentions {@code local-m} and {@code local-p}. */
public record LocalConfig(
    @Key(
            doc =
                "The score of a query and a key (Luong et al. 2015, eq. 8): dot (dot"
                    + " product; needs equal depths), scaled-dot (dot product divided by the"
                    + " square root of the depth; Vaswani et al. 2017, eq. 1), general (bilinear,"
                    + " with a learned matrix) or concat (a layer over both).",
            defaultValue = "general")
        LuongScore score,
    @Key(
            doc =
                "The number of window positions on each side of the middle (Luong et al."
                    + " 2015, D in section 3.2).",
            defaultValue = "10",
            min = 1)
        int window,
    @Key(
            doc =
                "The function that turns scores into weights: softmax, or sparsemax, which"
                    + " gives most positions exactly 0 (Martins and Astudillo 2016).",
            defaultValue = "softmax")
        Normalizer normalizer) {}
