package org.seq4j.transformer;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * Attention of each position to the positions of the same sequence (Vaswani et al. 2017, section
 * 3.2.3). Queries, keys and values are one product.
 *
 * @param relative vectors of distances that the layer learns
 */
record SelfAttention(AttentionHeads heads, Optional<RelativePositions> relative)
    implements TargetHistory {
  private static final String KEYS = "keys";
  private static final String VALUES = "values";

  /**
   * The effects of positions, which all layers share.
   *
   * @param rotation rotation of queries and keys
   * @param term added to the scores, {@code [B or 1, H or 1, Q, S]}: the mask, and numbers of
   *     distances
   */
  record Context(Optional<Rotation> rotation, Optional<Operand<TFloat32>> term) {}

  /** Queries, keys and values, {@code [B, H, T, d]}, {@code [B, G, T, d]} and the same. */
  private record Projected(
      Operand<TFloat32> queries, Operand<TFloat32> keys, Operand<TFloat32> values) {}

  /**
   * Computes all positions.
   *
   * @param x {@code [B, T, D]}
   * @return {@code [B, T, D]}
   */
  Operand<TFloat32> all(Scope scope, Operand<TFloat32> x, Context context) {
    Ops tf = scope.tf();
    Projected projected = projected(scope, heads.split(tf, product(scope, x)), context);
    Operand<TFloat32> scores =
        heads.scores(tf, projected.queries(), projected.keys(), false); // [B, H, T, T]
    if (relative.isPresent()) {
      scores = tf.math.add(scores, relative.get().scores(scope, projected.queries()));
    }
    Operand<TFloat32> weights =
        heads.dropped(scope, AttentionHeads.weights(tf, scores, context.term()));
    Operand<TFloat32> contexts = heads.contexts(tf, weights, projected.values());
    if (relative.isPresent()) {
      contexts = tf.math.add(contexts, relative.get().values(scope, weights));
    }
    return output(scope, heads.join(tf, contexts));
  }

  @Override
  public Operand<TFloat32> all(
      Scope scope, Operand<TFloat32> x, Operand<TInt32> lengths, Context context) {
    return all(scope, x, context); // which masks later positions, and with them padding
  }

  /** Returns no keys and values, {@code [B, G, 0, d]} each. */
  @Override
  public NamedTensors initialState(Ops tf, Operand<? extends TType> perSource) {
    Operand<TFloat32> none = Shapes.growing(tf, perSource, heads.keyHeads(), -1, heads.size());
    return NamedTensors.of(KEYS, none).with(VALUES, none);
  }

  /**
   * Computes the next position from those before, whose keys and values are in the state.
   *
   * @param x {@code [N, D]}
   * @param keys positions of the keys, {@code [t]}; the last one is that of x
   * @return the output, and keys and values of all positions so far, {@code [N, G, t, d]} each
   */
  @Override
  public Step step(
      Scope scope, Operand<TFloat32> x, Operand<TInt32> keys, NamedTensors state, Context context) {
    Ops tf = scope.tf();
    int all = heads.heads() + 2 * heads.keyHeads();
    Operand<TFloat32> perHead =
        tf.reshape(product(scope, x), tf.constant(new int[] {-1, all, 1, heads.size()}));
    Projected projected = projected(scope, perHead, context);
    Operand<TFloat32> allKeys = after(tf, state.floats(KEYS), projected.keys());
    Operand<TFloat32> allValues = after(tf, state.floats(VALUES), projected.values());
    Operand<TFloat32> scores = // [N, H, 1, t]
        heads.scores(tf, projected.queries(), allKeys, false);
    if (relative.isPresent()) {
      scores = tf.math.add(scores, relative.get().lastScores(scope, projected.queries(), keys));
    }
    Operand<TFloat32> weights =
        heads.dropped(scope, AttentionHeads.weights(tf, scores, context.term()));
    Operand<TFloat32> contexts = heads.contexts(tf, weights, allValues); // [N, H, 1, d]
    if (relative.isPresent()) {
      contexts = tf.math.add(contexts, relative.get().lastValues(scope, weights, keys));
    }
    Operand<TFloat32> joined =
        tf.reshape(contexts, tf.constant(new int[] {-1, heads.heads() * heads.size()}));
    return new Step(output(scope, joined), NamedTensors.of(KEYS, allKeys).with(VALUES, allValues));
  }

  private static Operand<TFloat32> after(Ops tf, Operand<TFloat32> before, Operand<TFloat32> one) {
    return tf.concat(List.of(before, one), tf.constant(2)); // [N, G, t, d]
  }

  private Operand<TFloat32> product(Scope scope, Operand<TFloat32> x) {
    return scope.linear(
        "query_key_value", (heads.heads() + 2L * heads.keyHeads()) * heads.size(), true, x);
  }

  private Operand<TFloat32> output(Scope scope, Operand<TFloat32> joined) {
    return scope.linear("output", joined.shape().get(-1), true, joined);
  }

  /** Divides a product into queries, which are scaled, keys and values; rotates the former two. */
  private Projected projected(Scope scope, Operand<TFloat32> perHead, Context context) {
    Ops tf = scope.tf();
    int queries = heads.heads();
    int keys = heads.keyHeads();
    if (context.rotation().isEmpty()) {
      List<Output<TFloat32>> parts = parts(tf, perHead, queries, keys, keys);
      return new Projected(heads.scaled(tf, parts.get(0)), parts.get(1), parts.get(2));
    }
    List<Output<TFloat32>> parts = parts(tf, perHead, queries + keys, keys);
    List<Output<TFloat32>> rotated =
        parts(tf, context.rotation().get().apply(tf, parts.get(0)), queries, keys);
    return new Projected(heads.scaled(tf, rotated.get(0)), rotated.get(1), parts.get(1));
  }

  private static List<Output<TFloat32>> parts(Ops tf, Operand<TFloat32> x, int... sizes) {
    return tf.splitV(x, tf.constant(sizes), tf.constant(1), (long) sizes.length).output();
  }
}
