package org.seq4j.core.model;

import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** Where a batch of sequences is fed to a graph. */
public final class SequenceInput {
  private final Operand<? extends TType> values;
  private final Placeholder<TInt32> lengths;
  private final SequenceBatch batch;

  private SequenceInput(
      Operand<? extends TType> values, Placeholder<TInt32> lengths, SequenceBatch batch) {
    this.values = values;
    this.lengths = lengths;
    this.batch = batch;
  }

  /** Adds the placeholders. */
  public static SequenceInput of(Ops tf, SequenceSpace space) {
    long any = Shape.UNKNOWN_SIZE;
    Placeholder<TInt32> lengths = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(any)));
    if (space.isVectors()) {
      Placeholder<TFloat32> frames =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(any, any, space.depth())));
      return new SequenceInput(frames, lengths, new FrameBatch(frames, lengths));
    }
    Placeholder<TInt32> ids = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(any, any)));
    return new SequenceInput(ids, lengths, new TokenBatch(ids, lengths));
  }

  /** The batch as ops see it. */
  public SequenceBatch batch() {
    return batch;
  }

  /** Tensors for a run, closed after it. */
  public final class Feed implements AutoCloseable {
    private final Tensor valuesOfRows;
    private final TInt32 lengthsOfRows;

    private Feed(Padded rows) {
      valuesOfRows = rows.valuesTensor();
      lengthsOfRows = rows.lengthsTensor();
    }

    /** Feeds them. */
    public Session.Runner to(Session.Runner runner) {
      return runner.feed(values, valuesOfRows).feed(lengths, lengthsOfRows);
    }

    @Override
    public void close() {
      valuesOfRows.close();
      lengthsOfRows.close();
    }
  }

  /** Makes tensors of a batch. */
  public Feed feed(Padded rows) {
    return new Feed(rows);
  }
}
