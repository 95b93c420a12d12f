package org.seq4j.attention;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatelessAttention;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Global attention (Luong et al. 2015, section 3.1). */
public final class LuongAttention implements StatelessAttention {

  /** The configuration of the attention {@code luong}. */
  public record Config(
      @Key(
              doc =
                  "The score of a query and a key (Luong et al. 2015, eq. 8): dot (dot"
                      + " product; needs equal depths), scaled-dot (dot product divided by the"
                      + " square root of the depth; Vaswani et al. 2017, eq. 1), general (bilinear,"
                      + " with a learned matrix) or concat (a layer over both).",
              defaultValue = "general")
          LuongScore score,
      @Key(
              doc =
                  "The function that turns scores into weights: softmax, or sparsemax, which"
                      + " gives most positions exactly 0 (Martins and Astudillo 2016).",
              defaultValue = "softmax")
          Normalizer normalizer) {}

  private final Config config;

  /** Creates the mechanism from its configuration. */
  public LuongAttention(Config config) {
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
