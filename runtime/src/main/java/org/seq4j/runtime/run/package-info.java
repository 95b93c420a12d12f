/**
 * The folder of a run: its files, loading it, copying it, several together, TensorFlow's
 * SavedModel.
 *
 * <p>Training into it is in the trainer.
 */
package org.seq4j.runtime.run;
