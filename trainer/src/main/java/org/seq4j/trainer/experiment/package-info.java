/**
 * The way in: {@link org.seq4j.trainer.experiment.Experiment} reads the file of an experiment,
 * trains, goes on with a run that was stopped, and evaluates. The files that describe a run are
 * written here. A module of Guice changes the parts of an experiment: see {@code wiring}.
 *
 * <p>How training works is in {@code training}; what scores mean is in {@code evaluation}.
 */
package org.seq4j.trainer.experiment;
