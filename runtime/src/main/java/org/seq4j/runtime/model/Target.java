package org.seq4j.runtime.model;

import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Memory;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.batch.SequenceSpace;

/** The target side of a model: what a decoder reads and what its outputs mean. */
sealed interface Target permits TokenTarget, VectorTarget {

  /** The kind and size of a target's positions. */
  SequenceSpace space();

  /** Returns true if tokens of the source can be copied. */
  boolean copies();

  /** The tensors that steps need of the sources, a row a source. */
  NamedTensors prepare(Scope scope, Memory memory, SequenceBatch sources);

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
