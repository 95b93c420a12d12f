package org.seq4j.runtime.model;

import java.util.Optional;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Memory;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.batch.SequenceSpace;

/** The target side of a model: what a decoder reads and what its outputs mean. */
sealed interface Target permits TokenTarget, VectorTarget {

  /** What a target consists of. */
  SequenceSpace space();

  /**
   * Scores given targets.
   *
   * @param memory of their sources
   * @param feedback lets the model read its own tokens before a position
   */
  ForcedPass score(
      Scope scope,
      Memory memory,
      SequenceBatch sources,
      SequenceBatch targets,
      Optional<SamplingPolicy> feedback);
}
