package org.seq4j.attention;

import java.util.Optional;
import org.seq4j.core.config.Key;
import org.seq4j.core.layers.Normalizer;

/** The keys of the attention {@code coverage}. */
public record CoverageConfig(
    @Key(
            doc =
                "The size of the layer that compares query and key (Bahdanau et al. 2015, n' in"
                    + " appendix A.1.2); the depth of the memory unless given.",
            min = 1)
        Optional<Integer> units,
    @Key(
            doc =
                "The weight of the loss for looking again where one has looked (See et al. 2017, eq. 12"
                    + " and 13). 0: none.",
            defaultValue = "1.0",
            min = 0)
        float lossWeight,
    @Key(
            doc =
                "How many target symbols a source position can stand for at most: coverage then counts"
                    + " shares of a learned number of them (Tu et al. 2016, N in eq. 9). 0: weights"
                    + " themselves are summed.",
            defaultValue = "0",
            min = 0)
        int fertility,
    @Key(
            doc =
                "How scores become weights: softmax, or sparsemax, which gives most positions exactly 0"
                    + " (Martins and Astudillo 2016).",
            defaultValue = "softmax")
        Normalizer normalizer) {}
