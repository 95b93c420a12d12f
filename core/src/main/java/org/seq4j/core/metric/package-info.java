/**
 * The interface of metrics, which compare hypotheses with references ({@link
 * org.seq4j.core.metric.Metric}).
 *
 * <p>The metrics are in the trainer and in plugins; evaluation is in the trainer.
 */
package org.seq4j.core.metric;
