package org.seq4j.trainer.training.config;

import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Key;

/** Minimum-risk training: what is minimised is what a metric says of the model's own answers. */
public record MinimumRiskConfig(
    @Key(
            doc =
                "The metric that is to get better, of a single answer; one of those that need no"
                    + " model.")
        Component<Metric> metric,
    @Key(
            doc =
                "How many answers are drawn for each source in each step; the true one is added. A"
                    + " step then computes as many rows for each pair: take smaller batches.",
            defaultValue = "10",
            min = 1,
            max = 1000)
        int candidates,
    @Key(
            doc =
                "To which power the probabilities of the candidates are raised before they are made"
                    + " to sum to 1: alpha in the paper.",
            defaultValue = "0.005",
            min = 0)
        double sharpness) {}
