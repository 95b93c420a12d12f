/**
 * Many runs over values of an experiment's keys: {@link org.seq4j.trainer.sweep.Sweep} draws the
 * trials, has a {@link org.seq4j.trainer.sweep.TrialRunner} train them, and ranks their results. A
 * sweep that was stopped resumes: what is done is read from the folders of the runs.
 */
package org.seq4j.trainer.sweep;
