/** The built-in optimizers. Plugins add others through the interface in core. */
package org.seq4j.trainer.optimizer;
