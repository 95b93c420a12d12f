package org.seq4j.attention;

import java.util.Optional;
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

/** Additive attention (Bahdanau et al. 2015, section 3.1 and appendix A.1.2). */
public final class BahdanauAttention implements StatelessAttention {

  /** The configuration of the attention {@code bahdanau}. */
  public record Config(
      @Key(
              doc =
                  "Size of the layer that compares query and key (Bahdanau et al. 2015, n' in"
                      + " appendix A.1.2); the depth of the memory by default.",
              min = 1)
          Optional<Integer> units,
      @Key(
              doc =
                  "Whether the layer's last vector is normalized and multiplied by a learned"
                      + " length, and the layer has a bias (Salimans and Kingma 2016; Raffel et al."
                      + " 2017, eq. 16).",
              defaultValue = "false")
          boolean normed,
      @Key(
              doc =
                  "The function that turns scores into weights: softmax, or sparsemax, which"
                      + " gives most positions exactly 0 (Martins and Astudillo 2016).",
              defaultValue = "softmax")
          Normalizer normalizer) {}

  private final Config config;

  /** Creates the mechanism from its configuration. */
  public BahdanauAttention(Config config) {
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
