package org.seq4j.core.model;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/**
 * Checks of the values that components return. The records that they return call them, so that an
 * exception is thrown at the line of the component that is wrong.
 */
final class Returned {
  private Returned() {}

  /**
   * Returns a value.
   *
   * @param what name of the value, "the context of an attention"
   * @throws IllegalStateException if it is null
   */
  static <T> T present(String what, T value) {
    if (value == null) {
      throw new IllegalStateException(what + " is null");
    }
    return value;
  }

  /**
   * Returns a tensor.
   *
   * @param shape its shape in words, "[B, Q, D]"
   * @throws IllegalStateException if it is null, or if the graph knows that it has another number
   *     of axes
   */
  static Operand<TFloat32> ofRank(String what, Operand<TFloat32> x, String shape) {
    Shape found = present(what, x).shape();
    int rank = shape.split(",", -1).length;
    if (!found.isUnknown() && found.numDimensions() != rank) {
      throw new IllegalStateException(
          what + " has the shape " + found + ": expected " + shape + ", " + rank + " axes");
    }
    return x;
  }

  /**
   * Returns a tensor.
   *
   * @throws IllegalStateException also if the graph does not know its last axis
   */
  static Operand<TFloat32> ofDepth(String what, Operand<TFloat32> x, String shape) {
    Shape found = ofRank(what, x, shape).shape();
    if (found.isUnknown() || found.get(-1) == Shape.UNKNOWN_SIZE) {
      throw new IllegalStateException(
          "%s has the shape %s: its depth, the last axis of %s, must be known when the graph is built. Reshape it with a constant depth"
              .formatted(what, found, shape));
    }
    return x;
  }
}
