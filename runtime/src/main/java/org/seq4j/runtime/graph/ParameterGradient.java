package org.seq4j.runtime.graph;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The gradient of a parameter. For a table that is only read by lookups, it has only the rows that
 * were read, so that its cost depends on the batch, not on the vocabulary.
 *
 * @param path path of the parameter
 * @param values gradient in the shape of the parameter; or of U of its rows, {@code [U, ...]}
 * @param rows row indices, {@code [U]}, without repetitions; other rows have a gradient of zero
 */
public record ParameterGradient(
    String path, Operand<TFloat32> values, Optional<Operand<TInt32>> rows) {

  /** Returns a copy with other values, such as clipped ones. */
  public ParameterGradient withValues(Operand<TFloat32> others) {
    return new ParameterGradient(path, others, rows);
  }

  /**
   * Returns the whole gradient.
   *
   * @param shape shape of the parameter
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
