package org.seq4j.trainer.schedule;

import org.seq4j.core.config.Key;

/** What {@code inverse-square-root} can be told. */
public record InverseSquareRootConfig(
    @Key(
            doc =
                "Over how many steps the learning rate rises from 0; after that many "
                    + "again it has fallen to 0.71 of its top.",
            defaultValue = "4000",
            min = 1)
        int warmup) {}
