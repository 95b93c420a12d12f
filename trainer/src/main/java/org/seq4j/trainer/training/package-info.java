/** The loop of training: steps, stopping, listeners. */
package org.seq4j.trainer.training;
