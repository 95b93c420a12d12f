package org.seq4j.trainer.training.config;

import org.seq4j.core.plugin.Key;

/**
 * The section {@code training.outer}: the update of the weights after a round, by Nesterov momentum
 * on the mean change of the workers (Douillard et al. 2023, "DiLoCo: distributed low-communication
 * training of language models").
 */
public record OuterConfig(
    @Key(
            doc = "Factor of the change of a round, beyond the momentum. 1: the workers' mean.",
            defaultValue = "0.7",
            min = 0)
        double rate,
    @Key(
            doc = "Share of the changes of earlier rounds that is repeated.",
            defaultValue = "0.9",
            min = 0,
            max = 0.999)
        double momentum) {}
