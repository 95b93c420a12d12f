/** The built-in metrics. Plugins add others through the interface in core. */
package org.seq4j.trainer.metric;
