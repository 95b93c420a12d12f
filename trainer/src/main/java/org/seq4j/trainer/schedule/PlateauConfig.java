package org.seq4j.trainer.schedule;

import org.seq4j.core.config.Key;

/** What {@code plateau} can be told. */
public record PlateauConfig(
    @Key(doc = "What is watched: loss, or one of evaluation.metrics.", defaultValue = "loss")
        String metric,
    @Key(
            doc = "What is left of the learning rate each time.",
            defaultValue = "0.5",
            min = 0,
            max = 1)
        double factor,
    @Key(
            doc = "After how many validations in a row without a new best.",
            defaultValue = "2",
            min = 1)
        int patience,
    @Key(doc = "Below which share it does not fall.", defaultValue = "0.001", min = 0, max = 1)
        double least,
    @Key(
            doc = "Over how many steps the learning rate rises from 0 before that.",
            defaultValue = "0",
            min = 0)
        int warmup) {}
