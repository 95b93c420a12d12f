package org.seq4j.rnn;

import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The columns of a batch of sources, by the positions of their tokens.
 *
 * @param source the source, with columns
 * @param size S, the number of positions of the batch
 */
record SourceColumns(Sequence source, Operand<TInt32> size) {

  /**
   * A column of each source.
   *
   * @param member true at the positions of the column's tokens, {@code [B, S]}
   * @param start position of the first token, {@code [B]}; beyond the source if the column is empty
   * @param lengths number of tokens, {@code [B]}
   * @param longest L, the number of positions of the column with padding, a scalar: the maximum
   *     number of tokens, at least 1 unless S is 0
   */
  record Column(
      Operand<TBool> member,
      Operand<TInt32> start,
      Operand<TInt32> lengths,
      Operand<TInt32> longest) {

    /** Returns the position of each token, {@code [B, L]}, and {@code none} on padding. */
    Operand<TInt32> positions(Ops tf, Operand<TInt32> none) {
      Operand<TInt32> number = numbers(tf, longest); // [L]
      return tf.select(
          Masks.real(tf, lengths, longest),
          tf.math.add(tf.expandDims(start, tf.constant(1)), number),
          none);
    }
  }

  /**
   * Returns the columns of a source.
   *
   * @param encoder name of the encoder, for the message
   * @throws IllegalArgumentException if the source has no columns
   */
  static SourceColumns of(Ops tf, String encoder, Sequence source) {
    if (source.columns().isEmpty()) {
      throw new IllegalArgumentException(
          "the encoder "
              + encoder
              + " needs a source with columns: write source.tokenizer: {type: columns, columns:"
              + " [...]}, the last or only tokenizer, and source.separator in data; a vocabulary from"
              + " a file must contain its mark");
    }
    return new SourceColumns(source, Shapes.size(tf, source.values(), 1));
  }

  /** The number of columns. */
  int count() {
    return columns().count();
  }

  /** The columns as the source has them. */
  Sequence.Columns columns() {
    return source.columns().orElseThrow();
  }

  /** Returns all columns, in their order. */
  List<Column> all(Ops tf) {
    return IntStream.range(0, count()).mapToObj(k -> column(tf, k)).toList();
  }

  private Column column(Ops tf, int k) {
    Operand<TBool> member =
        tf.math.logicalAnd(
            tf.math.equal(columns().index(), tf.constant(k)),
            Masks.real(tf, source.lengths(), size)); // [B, S]
    Operand<TInt32> lengths =
        tf.reduceSum(tf.dtypes.cast(member, TInt32.class), tf.constant(1)); // [B]
    Operand<TInt32> start = // [B]
        tf.reduceMin(tf.select(member, numbers(tf, size), size), tf.constant(1));
    // A loop over no positions has no gradient, so there is one, if only of padding.
    Operand<TInt32> longest =
        tf.math.minimum(
            tf.math.maximum(tf.reduceMax(lengths, tf.constant(0)), tf.constant(1)), size);
    return new Column(member, start, lengths, longest);
  }

  /** Concatenates tensors along axis 1. */
  static <T extends TType> Operand<T> joined(Ops tf, List<Operand<T>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(1));
  }

  /** Returns the numbers from 0 up to a size, which they exclude. */
  static Operand<TInt32> numbers(Ops tf, Operand<TInt32> size) {
    return tf.range(tf.constant(0), size, tf.constant(1));
  }

  /**
   * Gathers vectors of the same row. All are gathered at once, because TensorFlow adds the
   * gradients of three or more uses of a tensor in an order that differs from run to run.
   *
   * @param values {@code [B, T, D]}
   * @param positions {@code [B, Q]}; T stands for a vector of zeros
   * @return {@code [B, Q, D]}
   */
  static Operand<TFloat32> gather(Ops tf, Operand<TFloat32> values, Operand<TInt32> positions) {
    Operand<TInt32> zerosBehind = tf.constant(new int[][] {{0, 0}, {0, 1}, {0, 0}});
    Operand<TFloat32> padded = tf.pad(values, zerosBehind, tf.constant(0f)); // [B, T + 1, D]
    Operand<TInt32> firsts = // position of the first vector of each row among all, [B]
        tf.math.mul(numbers(tf, Shapes.size(tf, padded, 0)), Shapes.size(tf, padded, 1));
    return tf.gather(
        Shapes.flatten(tf, padded, values.shape().get(-1)),
        tf.math.add(positions, tf.expandDims(firsts, tf.constant(1))),
        tf.constant(0));
  }
}
