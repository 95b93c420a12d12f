package org.seq4j.runtime.model.output;

import java.util.List;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The probabilities of moving from each source position to itself or a later one. */
sealed interface MonotonicMoves {

  /** Computes what each position contributes, {@code [B, S, D]}. */
  Operand<TFloat32> keys(Scope scope, Operand<TFloat32> values);

  /**
   * Computes the logarithms of the probabilities.
   *
   * @param queries the decoder's outputs, {@code [B, Q, D]}
   * @param keys from {@link #keys}
   * @param real true at positions that exist, {@code [B, S]}
   * @return {@code [B, Q, S (from), S (to)]}
   */
  Operand<TFloat32> transitions(
      Scope scope, Operand<TFloat32> queries, Operand<TFloat32> keys, Operand<TBool> real);

  /**
   * A move to any later position: a softmax, over the positions that are not before, of scores that
   * do not depend on where the move begins.
   */
  record ToAnyLater() implements MonotonicMoves {

    @Override
    public Operand<TFloat32> keys(Scope scope, Operand<TFloat32> values) {
      return values;
    }

    @Override
    public Operand<TFloat32> transitions(
        Scope scope, Operand<TFloat32> queries, Operand<TFloat32> keys, Operand<TBool> real) {
      Ops tf = scope.tf();
      Operand<TFloat32> asKeys = scope.linear("move", keys.shape().get(-1), false, queries);
      Operand<TFloat32> scores = // [B, Q, S]
          tf.train.batchMatMul(asKeys, keys, TFloat32.class, BatchMatMul.adjY(true));
      Operand<TBool> possible =
          tf.math.logicalAnd(
              tf.math.greaterEqual(distances(tf, real), tf.constant(0)), target(tf, real));
      return softmax(tf, possible, tf.expandDims(scores, tf.constant(2)), queries);
    }
  }

  /**
   * A move by a number of positions, of which the probabilities depend on where it begins.
   *
   * @param width number of different moves, from 0 positions to one less than this
   */
  record ByDistance(int width) implements MonotonicMoves {

    @Override
    public Operand<TFloat32> keys(Scope scope, Operand<TFloat32> values) {
      return scope.linear("move_from", width, true, values); // [B, S, W]
    }

    @Override
    public Operand<TFloat32> transitions(
        Scope scope, Operand<TFloat32> queries, Operand<TFloat32> keys, Operand<TBool> real) {
      Ops tf = scope.tf();
      Operand<TFloat32> scores = // [B, Q, S, W]
          tf.math.add(
              tf.expandDims(scope.linear("move", width, false, queries), tf.constant(2)),
              tf.expandDims(keys, tf.constant(1)));
      Operand<TInt32> distances = distances(tf, real); // [S, S]
      Operand<TInt32> size = Shapes.size(tf, real, 1);
      Operand<TInt32> from = // [S, 1]
          tf.expandDims(tf.range(tf.constant(0), size, tf.constant(1)), tf.constant(1));
      Operand<TInt32> column = // of the scores of a row, side by side
          tf.math.add(
              tf.math.mul(from, tf.constant(width)),
              tf.math.maximum(tf.math.minimum(distances, tf.constant(width - 1)), tf.constant(0)));
      Operand<TFloat32> flat = // [B, Q, S·W]
          tf.reshape(
              scores,
              tf.stack(
                  List.of(
                      Shapes.size(tf, queries, 0),
                      Shapes.size(tf, queries, 1),
                      tf.math.mul(size, tf.constant(width)))));
      Operand<TBool> near =
          tf.math.logicalAnd(
              tf.math.greaterEqual(distances, tf.constant(0)),
              tf.math.less(distances, tf.constant(width)));
      return softmax(
          tf,
          tf.math.logicalAnd(near, target(tf, real)),
          tf.gather(flat, column, tf.constant(2)), // [B, Q, S, S]
          queries);
    }
  }

  /** Returns the number of positions from each to each, {@code [S (from), S (to)]}. */
  private static Operand<TInt32> distances(Ops tf, Operand<TBool> real) {
    Operand<TInt32> positions =
        tf.range(tf.constant(0), Shapes.size(tf, real, 1), tf.constant(1)); // [S]
    return tf.math.sub(
        tf.expandDims(positions, tf.constant(0)), tf.expandDims(positions, tf.constant(1)));
  }

  /** Reshapes {@code [B, S]} to {@code [B, 1, 1, S]}. */
  private static Operand<TBool> target(Ops tf, Operand<TBool> real) {
    return tf.expandDims(tf.expandDims(real, tf.constant(1)), tf.constant(1));
  }

  /**
   * Computes the softmax over possible positions.
   *
   * @param possible {@code [B, 1, S, S]}
   * @param scores {@code [B, Q, S or 1, S]}
   */
  private static Operand<TFloat32> softmax(
      Ops tf, Operand<TBool> possible, Operand<TFloat32> scores, Operand<TFloat32> queries) {
    Operand<TFloat32> never = tf.constant(LogSums.NEVER);
    Operand<TInt32> size = Shapes.size(tf, possible, 3);
    Operand<TInt32> shape =
        tf.stack(List.of(Shapes.size(tf, queries, 0), Shapes.size(tf, queries, 1), size, size));
    Operand<TFloat32> flat = // rank 2, for which TensorFlow's gradient of logSoftmax is correct
        tf.reshape(tf.select(possible, scores, never), tf.stack(List.of(tf.constant(-1), size)));
    return tf.select(possible, tf.reshape(tf.nn.logSoftmax(flat), shape), never);
  }
}
