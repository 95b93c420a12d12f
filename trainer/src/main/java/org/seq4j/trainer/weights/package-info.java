/** Weights in NumPy's archives. */
package org.seq4j.trainer.weights;
