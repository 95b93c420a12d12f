package org.seq4j.trainer.objective;

import org.seq4j.runtime.model.batch.PaddedBatch;

/**
 * Candidates for the sources of a batch, one per row; candidates of the same source are adjacent.
 *
 * @param source the source of each candidate
 * @param target the candidates
 * @param groups the index of each candidate's source in the batch, from 0
 * @param costs the cost of each candidate; lower is better
 */
public record RiskBatch(PaddedBatch source, PaddedBatch target, int[] groups, float[] costs) {

  /** Returns the number of sources. */
  int sources() {
    return groups[groups.length - 1] + 1;
  }
}
