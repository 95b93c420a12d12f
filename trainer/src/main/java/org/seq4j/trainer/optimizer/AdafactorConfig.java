package org.seq4j.trainer.optimizer;

import org.seq4j.core.config.Key;

/** What {@code adafactor} can be told. */
public record AdafactorConfig(
    @Key(
            doc =
                "How far a step goes, relative to the size of the parameter: rho in the paper, which"
                    + " takes 0.01 and lets it fall with the root of the step after 10,000 of them"
                    + " (schedule: {type: inverse-square-root, warmup: 10000}).",
            defaultValue = "0.01",
            min = 0)
        double learningRate,
    @Key(
            doc = "How fast the mean squares turn into long ones: 1 - step^-this is kept of them.",
            defaultValue = "0.8",
            min = 0,
            max = 1)
        double decayExponent,
    @Key(
            doc =
                "The largest root mean square of a step before the learning rate: d in the paper.",
            defaultValue = "1.0",
            min = 0)
        double clipThreshold,
    @Key(
            doc = "Added to squared gradients: epsilon 1 in the paper.",
            defaultValue = "1e-30",
            min = 0)
        double epsilon,
    @Key(
            doc = "The least size that a parameter counts as having: epsilon 2 in the paper.",
            defaultValue = "0.001",
            min = 0)
        double leastSize) {}
