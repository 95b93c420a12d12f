/** Weights in NumPy archives. */
package org.seq4j.trainer.weights;
