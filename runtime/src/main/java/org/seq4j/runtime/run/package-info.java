/**
 * The folder of a run: its files, its configuration, loading it, copying it, TensorFlow's
 * SavedModel.
 *
 * <p>Training into it is in the trainer.
 */
package org.seq4j.runtime.run;
