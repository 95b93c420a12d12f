package org.seq4j.runtime.graph;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The gradient of a parameter. Of a table in which rows are only looked up it is that of the rows
 * that were, so that it costs what a batch touches and not what the vocabulary holds.
 *
 * @param path of the parameter
 * @param values of the parameter's shape; or {@code [U, ...]}, of U of its rows
 * @param rows which these are, {@code [U]}, each once; all others have a gradient of zero
 */
public record ParameterGradient(
    String path, Operand<TFloat32> values, Optional<Operand<TInt32>> rows) {

  /** Replaces the values, by clipped ones for example. */
  public ParameterGradient withValues(Operand<TFloat32> others) {
    return new ParameterGradient(path, others, rows);
  }

  /**
   * All of it.
   *
   * @param shape of the parameter
   */
  public Operand<TFloat32> dense(Ops tf, Shape shape) {
    return rows.<Operand<TFloat32>>map(
            few ->
                tf.scatterNd(
                    tf.expandDims(few, tf.constant(1)), values, tf.constant(intsOf(shape))))
        .orElse(values);
  }

  private static int[] intsOf(Shape shape) {
    int[] sizes = new int[shape.numDimensions()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = Math.toIntExact(shape.get(i));
    }
    return sizes;
  }
}
