package org.seq4j.trainer.optimizer;

import org.seq4j.core.config.Key;

/** What {@code adagrad} can be told. */
public record AdagradConfig(
    @Key(doc = "How far a step goes.", defaultValue = "0.01", min = 0) double learningRate,
    @Key(
            doc = "Keeps the step finite where there was no gradient yet.",
            defaultValue = "1e-10",
            min = 0)
        double epsilon) {}
