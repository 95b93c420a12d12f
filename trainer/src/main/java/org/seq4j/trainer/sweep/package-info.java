/**
 * Sweeps over values of an experiment's keys: {@link org.seq4j.trainer.sweep.Sweep} chooses the
 * trials, trains them with a {@link org.seq4j.trainer.sweep.TrialRunner}, and ranks their results.
 * An interrupted sweep resumes: the folders of the runs show which trials are complete.
 */
package org.seq4j.trainer.sweep;
