package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Attention with a state that each query updates, or attention that depends on the position of the
 * query. Target positions are computed one after another.
 */
public non-sealed interface StatefulAttention extends AttentionMechanism {

  /** The state before the first query, one row per source; empty if only the position matters. */
  default NamedTensors initialState(Scope scope, NamedTensors prepared) {
    return NamedTensors.EMPTY;
  }

  /**
   * Computes the context of one query for each of Q hypotheses of each source; Q is 1 in training.
   *
   * @param prepared the result of {@link #prepare}, {@code [B, ...]} each
   * @param query {@code [B, Q, D]}
   * @param position number of previous queries, a scalar
   * @param state state after the previous query, {@code [B·Q, ...]} each
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
   * @param output context and weights
   * @param state state for the next query, {@code [B·Q, ...]} each, with the same names and shapes
   */
  record Step(AttentionOutput output, NamedTensors state) {

    /**
     * Checks that both are present.
     *
     * @throws IllegalStateException if one is null
     */
    public Step {
      Returned.present("the output of an attention", output);
      Returned.present("the state of an attention", state);
    }
  }

  /**
   * Returns the mechanism if it is stateful; adapts it, with an empty state, if it is stateless.
   */
  static StatefulAttention of(AttentionMechanism mechanism) {
    return mechanism instanceof StatelessAttention stateless
        ? new SteppedAttention(stateless)
        : (StatefulAttention) mechanism;
  }
}
