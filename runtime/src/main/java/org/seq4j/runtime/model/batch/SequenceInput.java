package org.seq4j.runtime.model.batch;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** The placeholders of a batch of sequences. */
public final class SequenceInput {
  private final Operand<? extends TType> values;
  private final Placeholder<TInt32> lengths;
  private final Optional<Placeholder<TInt32>> copies;
  private final SequenceBatch batch;

  private SequenceInput(
      Operand<? extends TType> values,
      Placeholder<TInt32> lengths,
      Optional<Placeholder<TInt32>> copies,
      SequenceBatch batch) {
    this.values = values;
    this.copies = copies;
    this.lengths = lengths;
    this.batch = batch;
  }

  /**
   * Adds the placeholders.
   *
   * @param copying whether the model copies tokens
   */
  public static SequenceInput of(Ops tf, SequenceSpace space, boolean copying) {
    long any = Shape.UNKNOWN_SIZE;
    Placeholder<TInt32> lengths = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(any)));
    if (space.isVectors()) {
      Placeholder<TFloat32> frames =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(any, any, space.depth())));
      return new SequenceInput(
          frames, lengths, Optional.empty(), new FeatureBatch(frames, lengths));
    }
    Placeholder<TInt32> ids = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(any, any)));
    if (!copying) {
      return new SequenceInput(ids, lengths, Optional.empty(), new TokenBatch(ids, lengths));
    }
    Placeholder<TInt32> copies =
        tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(any, any)));
    return new SequenceInput(
        ids, lengths, Optional.of(copies), new TokenBatch(ids, copies, lengths));
  }

  /** Returns the batch as operands. */
  public SequenceBatch batch() {
    return batch;
  }

  /** Tensors to feed in one run; closed after it. */
  public final class Feed implements AutoCloseable {
    private final Tensor valuesOfRows;
    private final TInt32 lengthsOfRows;
    private final Optional<TInt32> copiesOfRows;

    private Feed(PaddedBatch rows) {
      valuesOfRows = rows.valuesTensor();
      lengthsOfRows = rows.lengthsTensor();
      copiesOfRows = copies.map(placeholder -> rows.copiesTensor());
    }

    /** Adds the tensors to a run. */
    public Session.Runner to(Session.Runner runner) {
      runner.feed(values, valuesOfRows).feed(lengths, lengthsOfRows);
      copiesOfRows.ifPresent(tensor -> runner.feed(copies.orElseThrow(), tensor));
      return runner;
    }

    @Override
    public void close() {
      valuesOfRows.close();
      lengthsOfRows.close();
      copiesOfRows.ifPresent(TInt32::close);
    }
  }

  /** Creates the tensors of a batch. */
  public Feed feed(PaddedBatch rows) {
    return new Feed(rows);
  }
}
