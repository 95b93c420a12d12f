package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;

/**
 * Attention: compares a query with every position of the memory and returns a weighted mean of it.
 * Keeps no operand in a field: it is built into several graphs.
 *
 * <p>Most mechanisms are a {@link StatelessAttention}, whose queries are independent. One that
 * depends on where earlier queries looked, or on how many there were, is a {@link
 * StatefulAttention}.
 */
@Kind("attention")
public sealed interface AttentionMechanism permits StatelessAttention, StatefulAttention {

  /**
   * Computes, once per source, the tensors that every query needs: keys, values, mask.
   *
   * @param queryDepth D of the queries to come, so that keys can be projected to it here
   * @return at least one tensor, {@code [B, ...]} each
   * @throws IllegalArgumentException if such queries cannot be compared with this memory
   */
  NamedTensors prepare(Scope scope, Memory memory, long queryDepth);
}
