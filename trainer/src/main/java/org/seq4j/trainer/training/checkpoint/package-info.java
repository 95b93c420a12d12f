/** Checkpoints, resuming, averages of checkpoints, weights of another run to start from. */
package org.seq4j.trainer.training.checkpoint;
