/** The built-in optimizers. The interface that plugins add others through is in core. */
package org.seq4j.trainer.optimizer;
