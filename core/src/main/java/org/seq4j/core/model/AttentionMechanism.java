package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Looks into the memory with a query and returns a weighted mean of it. Keeps no operand in a
 * field: it is built into several graphs.
 */
@Kind("attention")
public interface AttentionMechanism {

  /**
   * Computes what is needed of the memory once, a row a source: keys, values, mask.
   *
   * @param queryDepth D of the queries to come, so that keys can be projected to it here
   * @return {@code [B, ...]} each, at least one
   * @throws IllegalArgumentException if such queries cannot be compared with this memory
   */
  NamedTensors prepare(Scope scope, Memory memory, long queryDepth);

  /** The state before the first query, a row a source; empty for most. */
  default NamedTensors initialState(Scope scope, NamedTensors prepared) {
    return NamedTensors.EMPTY;
  }

  /**
   * Whether a query needs the state that the query before it left. If not, all target positions can
   * be asked at once.
   */
  boolean sequential();

  /**
   * Asks Q independent queries of each source: target positions in training where {@link
   * #sequential()} is false, hypotheses in search.
   *
   * @param prepared what {@link #prepare} returned, {@code [B, ...]}
   * @param query {@code [B, Q, D]}
   * @param position how many queries came before, a scalar; of no meaning if not sequential
   * @param state what the query before left, {@code [B·Q, ...]}
   */
  Attended attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state);

  /**
   * An answer.
   *
   * @param context the weighted mean of the values, {@code [B, Q, D]}
   * @param weights {@code [B, Q, S]}: exactly 0 on padding
   * @param state for the next query, {@code [B·Q, ...]}
   * @param losses additional terms of the loss, {@code [B·Q]} each
   */
  record Attended(
      Operand<TFloat32> context,
      Operand<TFloat32> weights,
      NamedTensors state,
      NamedTensors losses) {}
}
