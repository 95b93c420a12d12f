package org.seq4j.trainer.evaluation;

import java.util.Optional;

/**
 * What a metric says of a set of answers.
 *
 * @param name of the metric, as in config files
 * @param value the figure; a share is between 0 and 1
 * @param display the figure as it is printed, "23.40 %"
 * @param signature how it was computed, if there are several ways
 * @param higherIsBetter whether a larger value is a better one
 */
public record MetricScore(
    String name,
    double value,
    String display,
    boolean higherIsBetter,
    Optional<String> signature) {}
