package org.seq4j.runtime.model.batch;

import java.util.Optional;
import java.util.function.Function;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A batch of sequences of vectors.
 *
 * @param frames {@code [B, T, D]}, zero beyond each length
 * @param lengths {@code [B]}
 */
public record FeatureBatch(Operand<TFloat32> frames, Operand<TInt32> lengths)
    implements SequenceBatch {

  @Override
  public Operand<TFloat32> vectors(Function<Operand<TInt32>, Operand<TFloat32>> embedding) {
    return frames;
  }

  @Override
  public Optional<Sequence.Columns> columns(Ops tf, SequenceSpace space) {
    return Optional.empty();
  }

  @Override
  public FeatureBatch part(Ops tf, int part, int parts) {
    Operand<TInt32> rows = rowsOfPart(tf, part, parts);
    return new FeatureBatch(
        tf.gather(frames, rows, tf.constant(0)), tf.gather(lengths, rows, tf.constant(0)));
  }
}
