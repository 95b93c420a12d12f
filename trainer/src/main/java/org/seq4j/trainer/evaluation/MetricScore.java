package org.seq4j.trainer.evaluation;

import java.util.Optional;

/**
 * The score of a set of answers by a metric.
 *
 * @param name the name of the metric, as in config files
 * @param value the score; a share is between 0 and 1
 * @param display the score as it is printed, "23.40 %"
 * @param signature the signature of how it was computed, if there are several ways
 * @param higherIsBetter true if higher values are better
 */
public record MetricScore(
    String name,
    double value,
    String display,
    boolean higherIsBetter,
    Optional<String> signature) {}
