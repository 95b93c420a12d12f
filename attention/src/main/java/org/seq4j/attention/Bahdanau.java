package org.seq4j.attention;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatelessAttention;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Additive attention (Bahdanau et al. 2015, section 3.1 and appendix A.1.2). */
final class Bahdanau implements StatelessAttention {
  private final BahdanauConfig config;

  Bahdanau(BahdanauConfig config) {
    this.config = config;
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    return AdditiveScore.of(config.units(), memory, config.normed())
        .prepare(scope, memory)
        .tensors();
  }

  @Override
  public AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
    AttentionMemory memory = AttentionMemory.of(prepared);
    AdditiveScore score = AdditiveScore.of(memory, config.normed());
    return memory.mean(scope.tf(), score.of(scope, query, memory.keys()), config.normalizer());
  }
}
