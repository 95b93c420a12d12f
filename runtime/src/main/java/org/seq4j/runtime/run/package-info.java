/**
 * The folder of a run: files, configuration, loading, copies, and export to TensorFlow's
 * SavedModel.
 *
 * <p>Training is in the trainer.
 */
package org.seq4j.runtime.run;
