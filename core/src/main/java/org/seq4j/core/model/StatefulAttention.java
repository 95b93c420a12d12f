package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Attention that knows the state left by the query before, or the position of the query, so that
 * target positions are computed one after another.
 */
public non-sealed interface StatefulAttention extends AttentionMechanism {

  /** The state before the first query, a row per source; empty if only the position matters. */
  default NamedTensors initialState(Scope scope, NamedTensors prepared) {
    return NamedTensors.EMPTY;
  }

  /**
   * Answers one query for each of Q hypotheses of each source; Q is 1 in training.
   *
   * @param prepared the result of {@link #prepare}, {@code [B, ...]}
   * @param query {@code [B, Q, D]}
   * @param position the number of queries before this one, a scalar
   * @param state of the query before, {@code [B·Q, ...]}
   */
  Step attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state);

  /**
   * The result of one query.
   *
   * @param state for the next query, {@code [B·Q, ...]}, of the same names and shapes
   */
  record Step(AttentionOutput output, NamedTensors state) {}

  /** Any mechanism in the form that a decoder can step through; a stateless one has no state. */
  static StatefulAttention of(AttentionMechanism mechanism) {
    return mechanism instanceof StatelessAttention stateless
        ? new SteppedAttention(stateless)
        : (StatefulAttention) mechanism;
  }
}
