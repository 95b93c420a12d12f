package org.seq4j.trainer.objective;

import org.seq4j.runtime.model.batch.PaddedBatch;

/**
 * Candidates for the sources of a batch, a row each; those of one source follow one another.
 *
 * @param source of each candidate
 * @param target the candidate
 * @param groups the number of each candidate's source in the batch, from 0
 * @param costs what each candidate would cost: the lower, the better
 */
public record RiskBatch(PaddedBatch source, PaddedBatch target, int[] groups, float[] costs) {

  /** How many sources there are. */
  int sources() {
    return groups[groups.length - 1] + 1;
  }
}
