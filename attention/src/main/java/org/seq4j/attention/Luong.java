package org.seq4j.attention;

import org.seq4j.attention.LuongConfig.Score;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Memory;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Global attention (Luong et al. 2015, section 3.1). */
final class Luong implements AttentionMechanism {
  private final Score score;

  Luong(LuongConfig config) {
    this.score = config.score();
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    long depth = memory.sequence().depth();
    if (score == Score.DOT && depth != queryDepth) {
      throw new IllegalArgumentException(
          "luong attention with score: dot needs queries as deep as the memory, but the decoder's"
              + " are "
              + queryDepth
              + " deep and the encoder's outputs "
              + depth
              + ": make them equal, or use score: general");
    }
    Prepared prepared = Prepared.of(scope.tf(), memory);
    Operand<TFloat32> values = prepared.values();
    return switch (score) {
      case DOT -> prepared.forProducts(scope);
      case GENERAL -> // q · (W k), so that W is applied once rather than for each query
          prepared.withKeys(scope.linear("key", queryDepth, false, values)).forProducts(scope);
      case CONCAT -> prepared.withKeys(new AdditiveScore(queryDepth).keys(scope, values)).tensors();
    };
  }

  @Override
  public boolean sequential() {
    return false;
  }

  @Override
  public Attended attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state) {
    Prepared memory = Prepared.of(prepared);
    Operand<TFloat32> scores = // [B, Q, S]
        score == Score.CONCAT
            ? new AdditiveScore(memory.keys().shape().get(-1)).of(scope, query, memory.keys())
            : Prepared.products(scope, prepared, query);
    return memory.mean(scope.tf(), scores);
  }
}
