package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;

/**
 * An attention mechanism: compares a query with every position of the memory and returns a weighted
 * mean of the memory. It keeps no operand in a field, because it is built into several graphs.
 *
 * <p>Most mechanisms are a {@link StatelessAttention}, in which queries are independent. A
 * mechanism that depends on the weights of previous queries, or on their number, is a {@link
 * StatefulAttention}.
 */
@Kind("attention")
public sealed interface AttentionMechanism permits StatelessAttention, StatefulAttention {

  /**
   * Computes the tensors that all queries use, once per source: keys, values, mask.
   *
   * @param queryDepth size of the queries, D, so that keys can be projected to it here
   * @return at least one tensor, {@code [B, ...]} each; a decoder takes B from the first one
   * @throws IllegalArgumentException if queries of this size cannot be compared with this memory;
   *     the message is for the user
   */
  NamedTensors prepare(Scope scope, Memory memory, long queryDepth);
}
