package org.seq4j.trainer.schedule;

import org.seq4j.core.config.Key;

/** What {@code constant} can be told. */
public record ConstantConfig(
    @Key(
            doc = "Over how many steps the learning rate rises from 0 before that.",
            defaultValue = "0",
            min = 0)
        int warmup) {}
