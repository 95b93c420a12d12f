/** Checkpoints: saving, resuming, averaging, and starting from the weights of another run. */
package org.seq4j.trainer.training.checkpoint;
