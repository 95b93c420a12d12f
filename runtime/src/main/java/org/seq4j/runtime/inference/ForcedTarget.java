package org.seq4j.runtime.inference;

import org.seq4j.core.metric.Metric;

/**
 * A given target as a model scores it.
 *
 * @param forced its score
 * @param attention the weights of each of its positions, the end left out, over the encoder's
 *     outputs, {@code [T][S]}; {@code [T][0]} where they were not asked for
 */
public record ForcedTarget(Metric.ForcedScore forced, float[][] attention) {}
