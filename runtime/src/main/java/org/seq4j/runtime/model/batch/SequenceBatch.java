package org.seq4j.runtime.model.batch;

import java.util.Optional;
import java.util.function.Function;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A batch of sequences, padded to one length. */
public sealed interface SequenceBatch permits TokenBatch, FeatureBatch {

  /** The length of each sequence without padding, {@code [B]}. */
  Operand<TInt32> lengths();

  /**
   * Returns the vectors that an encoder reads, {@code [B, T, D]}.
   *
   * @param embedding maps tokens {@code [B, T]} to vectors {@code [B, T, D]}
   */
  Operand<TFloat32> vectors(Function<Operand<TInt32>, Operand<TFloat32>> embedding);

  /** Returns the columns that the positions belong to, if the space has columns. */
  Optional<Sequence.Columns> columns(Ops tf, SequenceSpace space);

  /**
   * Returns one of several sub-batches: every {@code parts}th row, so that each has long and short
   * sequences even if the batch is sorted.
   *
   * @param part index of the sub-batch, from 0; it is empty if there are fewer rows
   */
  SequenceBatch part(Ops tf, int part, int parts);

  /** Returns the row indices of a sub-batch. */
  default Operand<TInt32> rowsOfPart(Ops tf, int part, int parts) {
    return tf.range(
        tf.constant(part),
        tf.math.maximum(Shapes.size(tf, lengths(), 0), tf.constant(part)),
        tf.constant(parts));
  }
}
