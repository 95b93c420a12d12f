package org.seq4j.runtime.model;

import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Memory;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.seq4j.runtime.model.batch.SequenceSpace;

/** The target side of a model: the inputs of a decoder and the meaning of its outputs. */
sealed interface Target permits TokenTarget, VectorTarget {

  /** The kind and size of the target positions. */
  SequenceSpace space();

  /** Returns true if the model copies source tokens. */
  boolean copies();

  /** Computes the tensors of the source that all steps use, one row per source. */
  NamedTensors prepare(Scope scope, Memory memory, SequenceBatch sources);

  /** The state before the first step, one row per source. */
  NamedTensors initialState(Scope scope, NamedTensors prepared);

  /**
   * Scores given targets.
   *
   * @param memory memory of the sources
   * @param feedback makes the model read some of its own tokens
   */
  ForcedPass score(
      Scope scope,
      Memory memory,
      SequenceBatch sources,
      SequenceBatch targets,
      Optional<SamplingPolicy> feedback);
}
