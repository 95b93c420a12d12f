/**
 * What a metric is: it measures how good a set of hypotheses is beside their references ({@link
 * org.seq4j.core.metric.Metric}).
 *
 * <p>The metrics themselves live in the trainer and in plugins; so does what translates the data
 * that they measure.
 */
package org.seq4j.core.metric;
