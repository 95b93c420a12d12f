package org.seq4j.core.layers;

import java.util.List;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Multi-head scaled dot-product attention (Vaswani et al. 2017, section 3.2), without its linear
 * projections.
 *
 * @param heads number of heads, H
 * @param normalizer turns scores into weights
 */
public record MultiHead(int heads, Normalizer normalizer) {
  private static final int[] HEADS_AND_ROWS_SWAPPED = {0, 2, 1, 3};

  /**
   * The result of all heads.
   *
   * @param contexts concatenated contexts of all heads, {@code [B, Q, H·d]}
   * @param weights attention weights, {@code [B, H, Q, S]}, exactly 0 on padding
   */
  public record Output(Operand<TFloat32> contexts, Operand<TFloat32> weights) {}

  /** Splits vectors into heads: {@code [B, T, H·d]} to {@code [B, H, T, d]}. */
  public Operand<TFloat32> split(Ops tf, Operand<TFloat32> x) {
    long size = x.shape().get(-1) / heads;
    Operand<TFloat32> perHead =
        tf.reshape(
            x,
            tf.stack(
                List.of(
                    Shapes.size(tf, x, 0),
                    Shapes.size(tf, x, 1),
                    tf.constant(heads),
                    tf.constant((int) size))));
    return tf.linalg.transpose(perHead, tf.constant(HEADS_AND_ROWS_SWAPPED));
  }

  /** Joins heads: {@code [B, H, T, d]} to {@code [B, T, H·d]}. */
  public Operand<TFloat32> join(Ops tf, Operand<TFloat32> perHead) {
    int size = (int) perHead.shape().get(-1) * heads;
    return tf.reshape(
        tf.linalg.transpose(perHead, tf.constant(HEADS_AND_ROWS_SWAPPED)),
        tf.stack(
            List.of(Shapes.size(tf, perHead, 0), Shapes.size(tf, perHead, 2), tf.constant(size))));
  }

  /**
   * Computes the attention of each head.
   *
   * @param queries from {@link #split}, {@code [B, H, Q, d]}
   * @param keys from {@link #split}, {@code [B, H, S, d]}
   * @param values from {@link #split}, {@code [B, H, S, d]}
   * @param real true where a position is not padding, {@code [B, S]}
   */
  public Output attend(
      Ops tf,
      Operand<TFloat32> queries,
      Operand<TFloat32> keys,
      Operand<TFloat32> values,
      Operand<TBool> real) {
    long size = keys.shape().get(-1);
    Operand<TFloat32> scaled =
        tf.math.mul(queries, tf.constant(1 / (float) Math.sqrt((double) size)));
    Operand<TFloat32> scores = // [B, H, Q, S]
        tf.train.batchMatMul(scaled, keys, TFloat32.class, BatchMatMul.adjY(true));
    Operand<TInt32> sources = Shapes.size(tf, queries, 0);
    Operand<TInt32> count = Shapes.size(tf, queries, 2); // Q
    Operand<TInt32> rows = tf.math.mul(tf.constant(heads), count);
    Operand<TFloat32> weights = // [B, H·Q, S]
        normalizer.weights(
            tf,
            tf.reshape(scores, tf.stack(List.of(sources, rows, Shapes.size(tf, keys, 2)))),
            real);
    Operand<TFloat32> perHead = tf.reshape(weights, tf.shape(scores)); // [B, H, Q, S]
    Operand<TFloat32> contexts =
        tf.train.batchMatMul(perHead, values, TFloat32.class); // [B, H, Q, d]
    return new Output(join(tf, contexts), perHead);
  }
}
