package org.seq4j.runtime.model.batch;

import java.util.function.Function;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A batch of sequences, padded to one length. */
public sealed interface SequenceBatch permits TokenBatch, FeatureBatch {

  /** The length of each sequence without padding, {@code [B]}. */
  Operand<TInt32> lengths();

  /**
   * The vectors that an encoder reads, {@code [B, T, D]}.
   *
   * @param embedding gives the vectors {@code [B, T, D]} of tokens {@code [B, T]}
   */
  Operand<TFloat32> vectors(Function<Operand<TInt32>, Operand<TFloat32>> embedding);

  /**
   * One of several parts: every {@code parts}th row, so that long and short sequences are in each
   * even if the batch is sorted.
   *
   * @param part which, from 0; it has no rows if there are no more than that
   */
  SequenceBatch part(Ops tf, int part, int parts);

  /** The numbers of the rows in such a part. */
  default Operand<TInt32> rowsOfPart(Ops tf, int part, int parts) {
    return tf.range(
        tf.constant(part),
        tf.math.maximum(Shapes.size(tf, lengths(), 0), tf.constant(part)),
        tf.constant(parts));
  }
}
