package org.seq4j.runtime.model.batch;

import java.util.Optional;
import java.util.function.Function;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
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

  /** Counts the marks before each position. */
  @Override
  public Optional<Sequence.Columns> columns(Ops tf, SequenceSpace space) {
    return space
        .columns()
        .map(
            of -> {
              Operand<TBool> mark = tf.math.equal(ids, tf.constant(of.mark())); // [B, T]
              Operand<TInt32> marks =
                  tf.math.cumsum(tf.dtypes.cast(mark, TInt32.class), tf.constant(1));
              Operand<TInt32> index = tf.select(mark, tf.constant(Sequence.Columns.MARK), marks);
              return new Sequence.Columns(index, of.count(), of.aligned());
            });
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
