package org.seq4j.transformer;

import java.util.List;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Learned vectors of distances, added to the keys and values of a layer (Shaw et al. 2018, eq. 3
 * and 4); all heads share them.
 *
 * <p>The terms of all positions at once are products with the vectors of all offsets, whose rows
 * are then shifted, so that no tensor has a vector for each pair of positions (Huang et al. 2019,
 * section 3.4).
 *
 * @param maxDistance the distance from which on all share one vector, k
 * @param heads number of heads, H
 * @param headSize size of a head, d
 * @param causal whether no key is later than its query
 */
record RelativePositions(int maxDistance, int heads, int headSize, boolean causal) {

  /** The largest distance in most experiments of the paper. */
  static final int MAX_DISTANCE = 16;

  /** The tables: vectors that are added to keys, and to values. */
  private enum Table {
    KEY,
    VALUE;

    private String parameter() {
      return this == KEY ? "distance_key" : "distance_value";
    }
  }

  /** Looks up the vectors of offsets, position of the key minus position of the query. */
  private Operand<TFloat32> vectors(Scope scope, Table table, Operand<TInt32> offsets) {
    Ops tf = scope.tf();
    Operand<TInt32> least = tf.constant(-maxDistance);
    Operand<TInt32> most = tf.constant(causal ? 0 : maxDistance);
    Operand<TInt32> rows =
        tf.math.sub(tf.math.minimum(tf.math.maximum(offsets, least), most), least);
    return scope.lookup(
        table.parameter(),
        Shape.of(causal ? maxDistance + 1 : 2 * maxDistance + 1, headSize),
        Initializer.normal(1 / Math.sqrt((double) headSize)),
        rows);
  }

  /** Returns the offsets from {@code 1 - T} to {@code T}, {@code [2T]}. */
  private static Operand<TInt32> offsets(Ops tf, Operand<TInt32> size) {
    Operand<TInt32> one = tf.constant(1);
    return tf.range(tf.math.sub(one, size), tf.math.add(size, one), one);
  }

  /**
   * Computes the products of each query with the vectors of its distances.
   *
   * @param queries {@code [B, H, T, d]}
   * @return {@code [B, H, T, T]}
   */
  Operand<TFloat32> scores(Scope scope, Operand<TFloat32> queries) {
    Ops tf = scope.tf();
    Operand<TInt32> size = Shapes.size(tf, queries, 2); // T
    Operand<TFloat32> byOffset = // [B·H·T, 2T]
        tf.linalg.matMul(
            Shapes.flatten(tf, queries, headSize),
            tf.linalg.transpose(
                vectors(scope, Table.KEY, offsets(tf, size)), tf.constant(new int[] {1, 0})));
    return shifted(tf, byOffset, queries, size);
  }

  /** Moves the product of query i with offset o to column {@code i + o}. */
  private Operand<TFloat32> shifted(
      Ops tf, Operand<TFloat32> byOffset, Operand<TFloat32> like, Operand<TInt32> size) {
    Operand<TInt32> rows = Shapes.size(tf, like, 0);
    Operand<TInt32> heads = tf.constant(this.heads);
    Operand<TInt32> last = tf.math.maximum(tf.math.sub(size, tf.constant(1)), tf.constant(0));
    Operand<TInt32> width = tf.math.add(size, last); // 2T - 1
    Operand<TInt32> none = tf.constant(0);
    Operand<TFloat32> flat = // [B, H, 2T²]
        tf.reshape(
            byOffset,
            tf.stack(List.of(rows, heads, tf.math.mul(tf.constant(2), tf.math.mul(size, size)))));
    Operand<TFloat32> cut =
        tf.slice(
            flat,
            tf.stack(List.of(none, none, last)),
            tf.stack(List.of(rows, heads, tf.math.mul(size, width))));
    return tf.slice(
        tf.reshape(cut, tf.stack(List.of(rows, heads, size, width))),
        tf.constant(new int[4]),
        tf.stack(List.of(rows, heads, size, size)));
  }

  /**
   * Computes the weighted sum of the vectors of all distances.
   *
   * @param weights {@code [B, H, T, T]}
   * @return {@code [B, H, T, d]}
   */
  Operand<TFloat32> values(Scope scope, Operand<TFloat32> weights) {
    Ops tf = scope.tf();
    Operand<TInt32> rows = Shapes.size(tf, weights, 0);
    Operand<TInt32> heads = tf.constant(this.heads);
    Operand<TInt32> size = Shapes.size(tf, weights, 2); // T
    Operand<TInt32> none = tf.constant(0);
    Operand<TInt32> last = tf.math.maximum(tf.math.sub(size, tf.constant(1)), none);
    Operand<TFloat32> wide = // [B, H, T, 2T - 1]
        tf.pad(weights, paddings(tf, none, last, 4), tf.constant(0f));
    Operand<TFloat32> flat =
        tf.reshape(
            wide, tf.stack(List.of(rows, heads, tf.math.mul(size, tf.math.add(size, last)))));
    Operand<TInt32> behind = // fills up to 2T²
        tf.math.minimum(size, tf.constant(1));
    Operand<TFloat32> byOffset = // [B·H·T, 2T]
        tf.reshape(
            tf.pad(flat, paddings(tf, last, behind, 3), tf.constant(0f)),
            tf.stack(
                List.of(
                    tf.math.mul(tf.math.mul(rows, heads), size),
                    tf.math.mul(tf.constant(2), size))));
    Operand<TFloat32> sums =
        tf.linalg.matMul(byOffset, vectors(scope, Table.VALUE, offsets(tf, size)));
    return tf.reshape(sums, tf.stack(List.of(rows, heads, size, tf.constant(headSize))));
  }

  /** Returns paddings of the last of some axes. */
  private static Operand<TInt32> paddings(
      Ops tf, Operand<TInt32> before, Operand<TInt32> behind, int axes) {
    Operand<TInt32> last = tf.expandDims(tf.stack(List.of(before, behind)), tf.constant(0));
    return tf.concat(List.of(tf.constant(new int[axes - 1][2]), last), tf.constant(0));
  }

  /**
   * Computes the products of the last query with the vectors of its distances.
   *
   * @param query {@code [N, H, 1, d]}
   * @param keys positions of the keys, {@code [t]}; the last one is that of the query
   * @return {@code [N, H, 1, t]}
   */
  Operand<TFloat32> lastScores(Scope scope, Operand<TFloat32> query, Operand<TInt32> keys) {
    Ops tf = scope.tf();
    return ofLast(
        tf,
        query,
        tf.linalg.transpose(
            vectors(scope, Table.KEY, offsetsOfLast(tf, keys)), tf.constant(new int[] {1, 0})),
        tf.size(keys));
  }

  /**
   * Computes the weighted sum of the vectors of the distances of the last query.
   *
   * @param weights {@code [N, H, 1, t]}
   * @return {@code [N, H, 1, d]}
   */
  Operand<TFloat32> lastValues(Scope scope, Operand<TFloat32> weights, Operand<TInt32> keys) {
    Ops tf = scope.tf();
    return ofLast(
        tf, weights, vectors(scope, Table.VALUE, offsetsOfLast(tf, keys)), tf.constant(headSize));
  }

  private static Operand<TInt32> offsetsOfLast(Ops tf, Operand<TInt32> keys) {
    return tf.math.sub(keys, tf.math.sub(tf.size(keys), tf.constant(1)));
  }

  /** Multiplies {@code [N, H, 1, a]} by {@code [a, b]}. */
  private Operand<TFloat32> ofLast(
      Ops tf, Operand<TFloat32> x, Operand<TFloat32> factor, Operand<TInt32> width) {
    Operand<TInt32> inner = Shapes.size(tf, factor, 0);
    Operand<TFloat32> product =
        tf.linalg.matMul(tf.reshape(x, tf.stack(List.of(tf.constant(-1), inner))), factor);
    return tf.reshape(
        product, tf.stack(List.of(tf.constant(-1), tf.constant(heads), tf.constant(1), width)));
  }
}
