package org.seq4j.attention;

import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.layers.MultiHead;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatelessAttention;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Multi-head attention: scaled dot products of several projections of query and memory, with one
 * projection of the concatenated contexts (Vaswani et al. 2017, section 3.2). The returned weights
 * are the mean over the heads.
 */
public final class MultiHeadAttention implements StatelessAttention {

  /** The configuration of the attention {@code multi-head}. */
  public record Config(
      @Key(doc = "The number of heads.", defaultValue = "4", min = 1) int heads,
      @Key(
              doc =
                  "Total size of all heads, a multiple of their number; the depth of the"
                      + " memory by default.",
              min = 1)
          Optional<Integer> units,
      @Key(
              doc =
                  "The function that turns scores into weights: softmax, or sparsemax, which"
                      + " gives most positions exactly 0 (Martins and Astudillo 2016).",
              defaultValue = "softmax")
          Normalizer normalizer) {

    /** Checks that the size is a multiple of the number of heads. */
    public Config {
      if (units.isPresent() && units.get() % heads != 0) {
        throw new IllegalArgumentException(
            "units: expected a multiple of heads, which is " + heads + ", got " + units.get());
      }
    }
  }

  private final Config config;
  private final MultiHead heads;

  /** Creates the mechanism from its configuration. */
  public MultiHeadAttention(Config config) {
    this.config = config;
    this.heads = new MultiHead(config.heads(), config.normalizer());
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    Ops tf = scope.tf();
    long depth = memory.sequence().depth();
    long units = config.units().map(Integer::longValue).orElse(depth);
    if (units % config.heads() != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "multi-head attention has %d heads, but the depth of the memory, %d, is not"
                  + " a multiple of that: set units",
              config.heads(),
              depth));
    }
    AttentionMemory given = AttentionMemory.of(tf, memory);
    Operand<TFloat32> keys = scope.linear("key", units, false, given.values()); // [B, S, units]
    Operand<TFloat32> values = scope.linear("value", units, false, given.values());
    return NamedTensors.of("keys", heads.split(tf, keys))
        .with("values", heads.split(tf, values))
        .with("real", given.real())
        .with("depth", tf.reduceSum(given.values(), tf.constant(1))); // [B, D], needed only for D
  }

  @Override
  public AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
    Ops tf = scope.tf();
    Operand<TFloat32> keys = prepared.floats("keys"); // [B, H, S, d]
    long units = keys.shape().get(-1) * config.heads();
    Operand<TFloat32> queries =
        heads.split(tf, scope.linear("query", units, false, query)); // [B, H, Q, d]
    MultiHead.Output answer =
        heads.attend(tf, queries, keys, prepared.floats("values"), prepared.bools("real"));
    long depth = prepared.floats("depth").shape().get(-1);
    return new AttentionOutput(
        scope.linear("output", depth, false, answer.contexts()),
        tf.math.mean(answer.weights(), tf.constant(1)));
  }
}
