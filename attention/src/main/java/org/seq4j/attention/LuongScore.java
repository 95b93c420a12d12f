package org.seq4j.attention;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.model.Memory;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The score of a query and a key (Luong et al. 2015, eq. 8). */
public enum LuongScore {
  /** {@code q · k}. */
  DOT,
  /** {@code q · k / sqrt(D)} (Vaswani et al. 2017, eq. 1). */
  SCALED_DOT,
  /** {@code q · (W k)}. */
  GENERAL,
  /** {@code v · tanh(W [q; k])}. */
  CONCAT;

  /**
   * Computes the tensors that {@link #of} needs.
   *
   * @param name name of the mechanism, for messages
   * @throws IllegalArgumentException if the score needs queries of the memory's depth and they have
   *     another
   */
  NamedTensors prepare(Scope scope, Memory memory, long queryDepth, String name) {
    long depth = memory.sequence().depth();
    if ((this == DOT || this == SCALED_DOT) && depth != queryDepth) {
      throw new IllegalArgumentException(
          name
              + " attention with score: "
              + (this == DOT ? "dot" : "scaled-dot")
              + " needs queries and a memory of equal depth, but the decoder's queries have "
              + queryDepth
              + " and the encoder's outputs "
              + depth
              + ": make them equal, or use score: general");
    }
    AttentionMemory prepared = AttentionMemory.of(scope.tf(), memory);
    Operand<TFloat32> values = prepared.values();
    return switch (this) {
      case DOT -> prepared.forProducts(scope);
      case SCALED_DOT ->
          prepared
              .withKeys(
                  scope
                      .tf()
                      .math
                      .mul(values, scope.tf().constant(1 / (float) Math.sqrt((double) depth))))
              .forProducts(scope);
      case GENERAL -> // q · (W k): W is applied once per source, not once per query
          prepared.withKeys(scope.linear("key", queryDepth, false, values)).forProducts(scope);
      case CONCAT -> prepared.withKeys(concat(queryDepth).keys(scope, values)).tensors();
    };
  }

  /**
   * Computes the scores.
   *
   * @param prepared the result of {@link #prepare}; it may contain further tensors
   * @param query {@code [B, Q, D]}
   * @return {@code [B, Q, S]}
   */
  Operand<TFloat32> of(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
    if (this != CONCAT) {
      return AttentionMemory.products(scope, prepared, query);
    }
    Operand<TFloat32> keys = AttentionMemory.of(prepared).keys();
    return concat(keys.shape().get(-1)).of(scope, query, keys);
  }

  private static AdditiveScore concat(long units) {
    return new AdditiveScore(units, false);
  }
}
