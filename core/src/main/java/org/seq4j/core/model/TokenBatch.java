package org.seq4j.core.model;

import org.seq4j.core.graph.Rows;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/**
 * A batch of sequences of symbols.
 *
 * @param ids {@code [B, T]}, zero beyond each length
 * @param lengths {@code [B]}
 */
public record TokenBatch(Operand<TInt32> ids, Operand<TInt32> lengths) {

  /**
   * One of several parts: every {@code parts}th row, so that long and short sequences are in each
   * even if the batch is sorted.
   *
   * @param part which, from 0; it has no rows if there are no more than that
   */
  TokenBatch part(Ops tf, int part, int parts) {
    Operand<TInt32> rows =
        tf.range(
            tf.constant(part),
            tf.math.maximum(Rows.size(tf, ids, 0), tf.constant(part)),
            tf.constant(parts));
    return new TokenBatch(
        tf.gather(ids, rows, tf.constant(0)), tf.gather(lengths, rows, tf.constant(0)));
  }
}
