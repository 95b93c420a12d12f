/** The built-in metrics. The interface that plugins add others through is in core. */
package org.seq4j.trainer.metric;
