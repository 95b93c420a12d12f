package org.seq4j.runtime.model.batch;

import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A batch of sequences of tokens.
 *
 * @param ids {@code [B, T]}, zero beyond each length
 * @param copies extended ids, {@code [B, T]}, see {@link org.seq4j.core.text.TokenIds}
 * @param lengths {@code [B]}
 */
public record TokenBatch(Operand<TInt32> ids, Operand<TInt32> copies, Operand<TInt32> lengths)
    implements SequenceBatch {

  /** Creates a batch for a model that does not copy. */
  public TokenBatch(Operand<TInt32> ids, Operand<TInt32> lengths) {
    this(ids, ids, lengths);
  }

  @Override
  public Operand<TFloat32> vectors(Function<Operand<TInt32>, Operand<TFloat32>> embedding) {
    return embedding.apply(ids);
  }

  @Override
  public TokenBatch part(Ops tf, int part, int parts) {
    Operand<TInt32> rows = rowsOfPart(tf, part, parts);
    return new TokenBatch(
        tf.gather(ids, rows, tf.constant(0)),
        tf.gather(copies, rows, tf.constant(0)),
        tf.gather(lengths, rows, tf.constant(0)));
  }
}
