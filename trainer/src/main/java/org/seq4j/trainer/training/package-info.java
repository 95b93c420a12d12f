/**
 * Fitting a model: the graph of a training step ({@link org.seq4j.trainer.training.TrainingGraph}),
 * the loop around it ({@link org.seq4j.trainer.training.Trainer}), validation, early stopping,
 * checkpoints and the log of a run.
 *
 * <p>Reading data is in {@code data}; what a model is, is core's.
 */
package org.seq4j.trainer.training;
