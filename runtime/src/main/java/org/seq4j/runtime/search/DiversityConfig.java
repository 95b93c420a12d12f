package org.seq4j.runtime.search;

import org.seq4j.core.plugin.Key;

/** The diversity of a beam's hypotheses. */
public record DiversityConfig(
    @Key(doc = "Into how many groups the beam is divided; its size is a multiple.", min = 2)
        int groups,
    @Key(
            doc =
                "What is taken from the log-probability of a token for each time that the groups"
                    + " before took it in the same step.",
            defaultValue = "0.5",
            min = 0)
        double strength) {}
