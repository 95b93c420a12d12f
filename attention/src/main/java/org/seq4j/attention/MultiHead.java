package org.seq4j.attention;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.config.Key;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Rows;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Memory;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Scaled dot products of several projections of query and memory, whose contexts are projected
 * together (Vaswani et al. 2017, section 3.2). The weights that it answers are the mean over heads.
 */
public final class MultiHead implements AttentionMechanism {

  /** The keys of the attention {@code multi-head}. */
  public record Config(
      @Key(doc = "How many heads look side by side.", defaultValue = "4", min = 1) int heads,
      @Key(
              doc =
                  "The size of all heads together, a multiple of their number; the depth of the memory"
                      + " unless given.",
              min = 1)
          Optional<Integer> units,
      @Key(
              doc =
                  "How scores become weights: softmax, or sparsemax, which gives most positions exactly 0"
                      + " (Martins and Astudillo 2016).",
              defaultValue = "softmax")
          Normalizer normalizer) {

    /** Checks that the heads have one size. */
    public Config {
      if (units.isPresent() && units.get() % heads != 0) {
        throw new IllegalArgumentException(
            "units: expected a multiple of heads, which is " + heads + ", got " + units.get());
      }
    }
  }

  private static final int[] HEADS_AND_ROWS_SWAPPED = {0, 2, 1, 3};

  private final Config config;

  /** Takes its keys. */
  public MultiHead(Config config) {
    this.config = config;
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    Ops tf = scope.tf();
    long depth = memory.sequence().depth();
    long units = config.units().map(Integer::longValue).orElse(depth);
    if (units % config.heads() != 0) {
      throw new IllegalArgumentException(
          "multi-head attention has %d heads, but the memory's depth, %d, is no multiple of that: give units"
              .formatted(config.heads(), depth));
    }
    Prepared given = Prepared.of(tf, memory);
    Operand<TFloat32> keys = scope.linear("key", units, false, given.values()); // [B, S, units]
    Operand<TFloat32> values = scope.linear("value", units, false, given.values());
    return NamedTensors.of("keys", divided(tf, keys))
        .with("values", divided(tf, values))
        .with("real", given.real())
        .with("depth", tf.reduceSum(given.values(), tf.constant(1))); // [B, D], for D alone
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
    Ops tf = scope.tf();
    Operand<TFloat32> keys = prepared.floats("keys"); // [B, H, S, d]
    long size = keys.shape().get(-1);
    long units = size * config.heads();
    Operand<TFloat32> queries =
        divided(tf, scope.linear("query", units, false, query)); // [B, H, Q, d]
    Operand<TFloat32> scaled =
        tf.math.mul(queries, tf.constant(1 / (float) Math.sqrt((double) size)));
    Operand<TFloat32> scores = // [B, H, Q, S]
        tf.train.batchMatMul(scaled, keys, TFloat32.class, BatchMatMul.adjY(true));
    Operand<TInt32> sources = Rows.size(tf, query, 0);
    Operand<TInt32> positions = Rows.size(tf, keys, 2);
    Operand<TInt32> rows = tf.math.mul(tf.constant(config.heads()), Rows.size(tf, query, 1));
    Operand<TFloat32> weights = // [B, H·Q, S]
        config
            .normalizer()
            .weights(
                tf,
                tf.reshape(scores, tf.stack(List.of(sources, rows, positions))),
                prepared.bools("real"));
    Operand<TFloat32> perHead = tf.reshape(weights, tf.shape(scores)); // [B, H, Q, S]
    Operand<TFloat32> contexts =
        tf.train.batchMatMul(perHead, prepared.floats("values"), TFloat32.class); // [B, H, Q, d]
    Operand<TFloat32> together = // [B, Q, units]
        tf.reshape(
            tf.linalg.transpose(contexts, tf.constant(HEADS_AND_ROWS_SWAPPED)),
            tf.stack(List.of(sources, Rows.size(tf, query, 1), tf.constant((int) units))));
    long depth = prepared.floats("depth").shape().get(-1);
    return new Attended(
        scope.linear("output", depth, false, together),
        tf.math.mean(perHead, tf.constant(1)),
        NamedTensors.EMPTY,
        NamedTensors.EMPTY);
  }

  /** {@code [B, N, units]} as {@code [B, H, N, d]}. */
  private Operand<TFloat32> divided(Ops tf, Operand<TFloat32> x) {
    long size = x.shape().get(-1) / config.heads();
    Operand<TFloat32> perHead =
        tf.reshape(
            x,
            tf.stack(
                List.of(
                    Rows.size(tf, x, 0),
                    Rows.size(tf, x, 1),
                    tf.constant(config.heads()),
                    tf.constant((int) size))));
    return tf.linalg.transpose(perHead, tf.constant(HEADS_AND_ROWS_SWAPPED));
  }
}
