package org.seq4j.runtime.search;

import org.seq4j.core.plugin.Key;

/** The diversity of a beam's hypotheses. */
public record DiversityConfig(
    @Key(doc = "The number of groups; it must divide the beam size.", min = 2) int groups,
    @Key(
            doc =
                "The penalty on the log-probability of a token for each time that previous"
                    + " groups took it in the same step.",
            defaultValue = "0.5",
            min = 0)
        double strength) {}
