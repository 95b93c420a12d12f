/** The progress of a training, and its outcome. */
package org.seq4j.trainer.training.state;
