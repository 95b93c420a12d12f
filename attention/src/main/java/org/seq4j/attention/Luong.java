package org.seq4j.attention;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatelessAttention;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Global attention (Luong et al. 2015, section 3.1). */
final class Luong implements StatelessAttention {
  private final LuongConfig config;

  Luong(LuongConfig config) {
    this.config = config;
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    return config.score().prepare(scope, memory, queryDepth, "luong");
  }

  @Override
  public AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
    AttentionMemory memory = AttentionMemory.of(prepared);
    return memory.mean(scope.tf(), config.score().of(scope, prepared, query), config.normalizer());
  }
}
