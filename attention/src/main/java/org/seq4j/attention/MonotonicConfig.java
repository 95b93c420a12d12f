package org.seq4j.attention;

import java.util.Optional;
import org.seq4j.core.config.Key;

/** The keys of the attention {@code monotonic}. */
public record MonotonicConfig(
    @Key(
            doc =
                "The size of the layer that compares query and key (Bahdanau et al. 2015, n' in"
                    + " appendix A.1.2); the depth of the memory unless given.",
            min = 1)
        Optional<Integer> units,
    @Key(
            doc =
                "The deviation of the noise that is added to scores in training, so that choices become"
                    + " sharp (Raffel et al. 2017, section 2.5).",
            defaultValue = "1.0",
            min = 0)
        float noise,
    @Key(
            doc =
                "The first offset of the scores: below 0, so that attention moves on before it has"
                    + " learned where to stop (Raffel et al. 2017, r in eq. 16).",
            defaultValue = "-1.0")
        float offset) {}
