/** How far a training has come, and how it ended. */
package org.seq4j.trainer.training.state;
