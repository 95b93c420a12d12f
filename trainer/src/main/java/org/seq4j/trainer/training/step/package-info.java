/** The steps of training: one after another, or in rounds of several workers. */
package org.seq4j.trainer.training.step;
