package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Attention with independent queries: all target positions can be computed at once. */
public non-sealed interface StatelessAttention extends AttentionMechanism {

  /**
   * Computes the contexts of Q independent queries for each source: target positions in training,
   * hypotheses in search.
   *
   * @param prepared the result of {@link #prepare}, {@code [B, ...]} each
   * @param query {@code [B, Q, D]}
   */
  AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query);
}
