package org.seq4j.trainer.schedule;

import org.seq4j.core.config.Key;

/** What {@code exponential} can be told. */
public record ExponentialConfig(
    @Key(
            doc = "What is left of the learning rate after so many steps.",
            defaultValue = "0.5",
            min = 0,
            max = 1)
        double decay,
    @Key(doc = "After how many, from the end of the warmup.", example = "10000", min = 1) int steps,
    @Key(doc = "Below which share it does not fall.", defaultValue = "0", min = 0, max = 1)
        double least,
    @Key(
            doc = "Over how many steps the learning rate rises from 0 before that.",
            defaultValue = "0",
            min = 0)
        int warmup) {}
