package org.seq4j.transformer;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.MultiHead;
import org.seq4j.core.layers.Normalizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Scaled dot products of several heads (Vaswani et al. 2017, section 3.2). Groups of heads can
 * share keys and values (Shazeer 2019; Ainslie et al. 2023).
 *
 * @param heads number of heads of queries, H
 * @param keyHeads number of heads of keys and values, G, which divides H
 * @param size size of a head, d
 * @param dropout dropout rate of the weights
 */
record AttentionHeads(int heads, int keyHeads, int size, float dropout) {

  /** Splits vectors into heads: {@code [B, T, n·d]} to {@code [B, n, T, d]}. */
  Operand<TFloat32> split(Ops tf, Operand<TFloat32> x) {
    int count = (int) x.shape().get(-1) / size;
    return new MultiHead(count, Normalizer.SOFTMAX).split(tf, x);
  }

  /** Joins the heads of queries: {@code [B, H, T, d]} to {@code [B, T, H·d]}. */
  Operand<TFloat32> join(Ops tf, Operand<TFloat32> x) {
    return new MultiHead(heads, Normalizer.SOFTMAX).join(tf, x);
  }

  /** Multiplies queries by {@code 1 / sqrt(d)}. */
  Operand<TFloat32> scaled(Ops tf, Operand<TFloat32> queries) {
    return tf.math.mul(queries, tf.constant((float) (1 / Math.sqrt((double) size))));
  }

  /**
   * Computes the products of queries and keys.
   *
   * @param queries {@code [B, H, Q, d]}
   * @param keys {@code [B, G, S, d]} or, if transposed, {@code [B, G, d, S]}
   * @return {@code [B, H, Q, S]}
   */
  Operand<TFloat32> scores(
      Ops tf, Operand<TFloat32> queries, Operand<TFloat32> keys, boolean transposed) {
    Operand<TFloat32> products =
        tf.train.batchMatMul(
            grouped(tf, queries, tf.constant(size)),
            keys,
            TFloat32.class,
            BatchMatMul.adjY(!transposed));
    return ungrouped(tf, products, queries, Shapes.size(tf, keys, transposed ? 3 : 2));
  }

  /**
   * Computes weighted sums of values, with dropout of the weights in training.
   *
   * @param weights {@code [B, H, Q, S]}
   * @param values {@code [B, G, S, d]}
   * @return {@code [B, H, Q, d]}
   */
  Operand<TFloat32> contexts(Ops tf, Operand<TFloat32> weights, Operand<TFloat32> values) {
    Operand<TFloat32> sums =
        tf.train.batchMatMul(
            grouped(tf, weights, Shapes.size(tf, values, 2)), values, TFloat32.class);
    return ungrouped(tf, sums, weights, tf.constant(size));
  }

  /** Computes the weights, {@code [B, H, Q, S]}: the softmax of scores and a term of them. */
  static Operand<TFloat32> weights(
      Ops tf, Operand<TFloat32> scores, Optional<Operand<TFloat32>> term) {
    return tf.nn.softmax(term.isPresent() ? tf.math.add(scores, term.get()) : scores);
  }

  Operand<TFloat32> dropped(Scope scope, Operand<TFloat32> weights) {
    return scope.dropout(weights, dropout);
  }

  /** The heads of a group are rows of one matrix: {@code [B, G, H/G·Q, n]}. */
  private Operand<TFloat32> grouped(Ops tf, Operand<TFloat32> x, Operand<TInt32> n) {
    if (keyHeads == heads) {
      return x;
    }
    Operand<TInt32> rows = tf.math.mul(tf.constant(heads / keyHeads), Shapes.size(tf, x, 2));
    return tf.reshape(x, tf.stack(List.of(Shapes.size(tf, x, 0), tf.constant(keyHeads), rows, n)));
  }

  private Operand<TFloat32> ungrouped(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> like, Operand<TInt32> n) {
    if (keyHeads == heads) {
      return x;
    }
    return tf.reshape(
        x,
        tf.stack(
            List.of(Shapes.size(tf, like, 0), tf.constant(heads), Shapes.size(tf, like, 2), n)));
  }
}
