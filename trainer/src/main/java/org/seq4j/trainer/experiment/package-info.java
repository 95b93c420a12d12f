/**
 * The entry point: {@link org.seq4j.trainer.experiment.Experiment} reads a config file, trains,
 * resumes interrupted runs and evaluates. This package writes the files that describe a run. Guice
 * modules replace parts of an experiment: see {@code wiring}.
 *
 * <p>Package {@code training} does the training, package {@code evaluation} the scoring.
 */
package org.seq4j.trainer.experiment;
