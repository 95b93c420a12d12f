package org.seq4j.runtime.graph.scan;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.op.core.TensorListReserve;
import org.tensorflow.op.core.TensorListSetItem;
import org.tensorflow.op.core.TensorListStack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The type of tensors, one per time step, that a loop reads from the first axis of a tensor or
 * writes to a list.
 *
 * @param type type of the items
 * @param shape shape of an item; sizes may be unknown
 */
record TensorList<T extends TType>(Class<T> type, Shape shape) {

  /** Returns the type of a list of items like this operand. */
  @SuppressWarnings("unchecked") // an operand's type is that of its values
  static TensorList<?> like(Operand<?> item) {
    return new TensorList<>((Class<TType>) item.asOutput().type(), item.asOutput().shape());
  }

  /** Returns the type of a list of items like this operand of 32-bit floats. */
  static TensorList<TFloat32> floats(Operand<TFloat32> item) {
    return new TensorList<>(TFloat32.class, item.asOutput().shape());
  }

  /** Returns the type of a list of the items along the first axis of a tensor. */
  @SuppressWarnings("unchecked") // an operand's type is that of its values
  static TensorList<?> along(Operand<?> stacked) {
    Shape shape = stacked.asOutput().shape();
    return new TensorList<>(
        (Class<TType>) stacked.asOutput().type(), shape.takeLast(shape.numDimensions() - 1));
  }

  /** Creates a placeholder for an item. */
  Operand<T> placeholder(Ops tf) {
    return tf.placeholder(type, Placeholder.shape(shape));
  }

  /** Creates a list of unset items. */
  @SuppressWarnings("unchecked") // a list is a variant, which has no Java type
  Operand<T> reserve(Ops tf, Operand<TInt32> size) {
    return (Operand<T>)
        (Operand<?>) TensorListReserve.create(tf.scope(), itemShape(tf), size, type);
  }

  /** Reads one item along the first axis; for most shapes it is a view, not a copy. */
  @SuppressWarnings("unchecked") // the caller passes a tensor of this type
  Operand<T> read(Ops tf, Operand<?> stacked, Operand<TInt32> index) {
    Operand<TInt32> from = tf.expandDims(index, tf.constant(0));
    Operand<TInt32> to = tf.math.add(from, tf.constant(1));
    Operand<T> item =
        StridedSlice.create(
            tf.scope(),
            (Operand<T>) stacked,
            from,
            to,
            tf.constant(new int[] {1}),
            StridedSlice.shrinkAxisMask(1L));
    return shape.isUnknown() ? item : tf.ensureShape(item, shape);
  }

  /** Returns a list with one item replaced. */
  @SuppressWarnings("unchecked") // a list is a variant, which has no Java type
  Operand<T> set(Ops tf, Operand<?> list, Operand<TInt32> index, Operand<?> item) {
    return (Operand<T>) (Operand<?>) TensorListSetItem.create(tf.scope(), list, index, item);
  }

  /** Stacks all items along a new first axis. */
  Operand<T> stack(Ops tf, Operand<?> list) {
    return TensorListStack.create(tf.scope(), list, itemShape(tf), type);
  }

  private Operand<TInt32> itemShape(Ops tf) {
    return tf.constant(Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray());
  }
}
