package org.seq4j.runtime.inference;

import org.seq4j.core.metric.Metric;

/**
 * The model's score of a given target.
 *
 * @param forced the score
 * @param attention attention weights of each position except the end, over the encoder outputs,
 *     {@code [T][S]}; {@code [T][0]} if they were not requested
 */
public record ForcedTarget(Metric.ForcedScore forced, float[][] attention) {}
