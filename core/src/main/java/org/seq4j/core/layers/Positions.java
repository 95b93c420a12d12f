package org.seq4j.core.layers;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Position embeddings and windows, for encoders and decoders without recurrence. */
public final class Positions {
  private Positions() {}

  /**
   * Adds a learned embedding to each position (Gehring et al. 2017, section 3.1), a row of the
   * parameter {@code position}.
   *
   * @param maxPositions number of embeddings; later positions use the last one
   * @return {@code [B, S, D]}, 0 beyond each length
   */
  public static Operand<TFloat32> embed(Scope scope, Sequence x, int maxPositions) {
    Ops tf = scope.tf();
    Operand<TInt32> positions =
        tf.range(tf.constant(0), Shapes.size(tf, x.values(), 1), tf.constant(1)); // [S]
    Operand<TFloat32> vectors = vectors(scope, positions, x.depth(), maxPositions); // [S, D]
    return Masks.zeroPadding(tf, tf.math.add(x.values(), vectors), x.lengths());
  }

  /**
   * Returns the embeddings that {@link #embed} adds, for the steps of a decoder.
   *
   * @param positions of any shape
   * @param depth D, the size of an embedding
   * @param maxPositions number of embeddings; later positions use the last one
   * @return the shape of {@code positions} followed by D
   */
  public static Operand<TFloat32> vectors(
      Scope scope, Operand<TInt32> positions, long depth, int maxPositions) {
    Ops tf = scope.tf();
    return scope.lookup(
        "position",
        Shape.of(maxPositions, depth),
        Initializer.normal(1 / Math.sqrt((double) depth)),
        tf.math.minimum(positions, tf.constant(maxPositions - 1)));
  }

  /**
   * Returns the neighbours of each position, from left to right, with the position itself in the
   * middle.
   *
   * @param x {@code [B, S, D]}, 0 beyond each length
   * @param width size of the window, an odd number
   * @return {@code width} tensors of {@code [B, S, D]}, 0 where the neighbour does not exist
   */
  public static List<Operand<TFloat32>> window(Ops tf, Operand<TFloat32> x, int width) {
    int side = width / 2;
    return window(tf, x, side, side);
  }

  /**
   * Returns each position after its predecessors, from left to right.
   *
   * @param x {@code [B, T, D]}
   * @param width size of the window, with the position itself
   * @return {@code width} tensors of {@code [B, T, D]}, 0 where the predecessor does not exist
   */
  public static List<Operand<TFloat32>> causalWindow(Ops tf, Operand<TFloat32> x, int width) {
    return window(tf, x, width - 1, 0);
  }

  private static List<Operand<TFloat32>> window(
      Ops tf, Operand<TFloat32> x, int before, int after) {
    Operand<TFloat32> padded =
        tf.pad(x, tf.constant(new int[][] {{0, 0}, {before, after}, {0, 0}}), tf.constant(0f));
    Operand<TInt32> size =
        tf.stack(
            List.of(tf.constant(-1), Shapes.size(tf, x, 1), tf.constant((int) x.shape().get(-1))));
    List<Operand<TFloat32>> all = new ArrayList<>();
    for (int offset = 0; offset <= before + after; offset++) {
      all.add(tf.slice(padded, tf.constant(new int[] {0, offset, 0}), size));
    }
    return all;
  }

  /**
   * Checks that the width of a window is odd.
   *
   * @throws IllegalArgumentException if it is even
   */
  public static void checkWidth(int width) {
    if (width % 2 == 0) {
      throw new IllegalArgumentException(
          "width: expected an odd number, so that a window has a middle, got " + width);
    }
  }
}
