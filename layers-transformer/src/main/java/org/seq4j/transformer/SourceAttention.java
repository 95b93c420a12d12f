package org.seq4j.transformer;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Attention of target positions to the memory (Vaswani et al. 2017, section 3.2.3). Keys and values
 * are computed once a source; hypotheses of a source are queries, and share them.
 */
record SourceAttention(AttentionHeads heads) {
  private static final String KEYS = "keys";
  private static final String VALUES = "values";
  private static final int[] TRANSPOSED = {0, 1, 3, 2};

  /**
   * The result.
   *
   * @param output {@code [B, Q, D]}
   * @param weights {@code [B, H, Q, S]}
   */
  record Attended(Operand<TFloat32> output, Operand<TFloat32> weights) {}

  /**
   * Computes keys and values of the memory.
   *
   * @param memory values are 0 on padding
   */
  NamedTensors prepare(Scope scope, Sequence memory) {
    Ops tf = scope.tf();
    long units = (long) heads.keyHeads() * heads.size();
    Operand<TFloat32> both =
        scope.linear(
            "key_value",
            2 * units,
            glorot(memory.depth(), units),
            Optional.of(Initializer.ZEROS),
            List.of(memory.values()));
    List<Output<TFloat32>> parts = tf.split(tf.constant(2), both, 2L).output();
    Operand<TFloat32> keys = heads.split(tf, parts.get(0)); // [B, G, S, d]
    Operand<TFloat32> values = // of nothing in an empty source
        heads.split(tf, Masks.zeroPadding(tf, parts.get(1), memory.lengths()));
    return NamedTensors.of(
            KEYS,
            // A product with a transposed factor is slower: in a search, which has many, it is
            // transposed once.
            scope.training() ? keys : tf.linalg.transpose(keys, tf.constant(TRANSPOSED)))
        .with(VALUES, values);
  }

  private static Operand<TFloat32> query(Scope scope, long units, Operand<TFloat32> x) {
    return scope.linear(
        "query",
        units,
        glorot(x.shape().get(-1), units),
        Optional.of(Initializer.ZEROS),
        List.of(x));
  }

  /**
   * Initial values of queries, keys and values: those of one product of all three, as in
   * self-attention, so that scores are small at first.
   */
  private static Initializer glorot(long depth, long units) {
    return Initializer.uniform(Math.sqrt(6.0 / (2 * (depth + units))));
  }

  /**
   * Computes the attention of queries.
   *
   * @param prepared the result of {@link #prepare}
   * @param mask added to the scores, {@code [B, 1, 1, S]}
   * @param x {@code [B, Q, D]}
   */
  Attended attend(Scope scope, NamedTensors prepared, Operand<TFloat32> mask, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    long units = (long) heads.heads() * heads.size();
    Operand<TFloat32> queries = heads.scaled(tf, heads.split(tf, query(scope, units, x)));
    Operand<TFloat32> scores = heads.scores(tf, queries, prepared.floats(KEYS), !scope.training());
    Operand<TFloat32> weights = AttentionHeads.weights(tf, scores, Optional.of(mask));
    Operand<TFloat32> contexts =
        heads.contexts(tf, heads.dropped(scope, weights), prepared.floats(VALUES));
    return new Attended(scope.linear("output", units, true, heads.join(tf, contexts)), weights);
  }
}
