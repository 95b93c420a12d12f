package org.seq4j.trainer.objective;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.batch.SequenceBatch;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The placeholders for candidates and their costs, and the loss over them.
 *
 * @param groups placeholder for the source of each candidate, {@code [N]}
 * @param costs placeholder for the cost of each candidate, {@code [N]}
 * @param loss the loss: the sum over sources, and their number
 */
public record RiskInput(Placeholder<TInt32> groups, Placeholder<TFloat32> costs, Loss loss) {

  /**
   * Adds the ops to the graph.
   *
   * @param source the sources, a row for each of N candidates
   * @param target the candidates
   * @param parts the number of parts that the rows of the batch are divided into
   */
  static RiskInput of(
      Scope scope,
      Seq2SeqModel model,
      SampledObjective objective,
      SequenceBatch source,
      SequenceBatch target,
      int parts) {
    Ops tf = scope.tf();
    Placeholder<TInt32> groups =
        tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Placeholder<TFloat32> costs =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    List<ForcedPass> passes = new ArrayList<>();
    List<Operand<TInt32>> rows = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      passes.add(model.score(scope, source.part(tf, part, parts), target.part(tf, part, parts)));
      rows.add(source.rowsOfPart(tf, part, parts));
    }
    Operand<TInt32> order = joined(tf, rows); // original row of each joined row
    Operand<TFloat32> sum =
        objective.loss(
            scope,
            passes,
            tf.gather(groups, order, tf.constant(0)),
            tf.gather(costs, order, tf.constant(0)));
    return new RiskInput(
        groups, costs, new Loss(sum, tf.dtypes.cast(sources(tf, groups), TFloat32.class)));
  }

  /** Returns the number of sources, a scalar. */
  static Operand<TInt32> sources(Ops tf, Operand<TInt32> groups) {
    return tf.math.add(tf.max(groups, tf.constant(0)), tf.constant(1));
  }

  /** Concatenates the rows of all parts. */
  static <T extends TType> Operand<T> joined(Ops tf, List<Operand<T>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  /** Creates the tensors of a batch. The caller closes them after the run. */
  public Feed feed(RiskBatch batch) {
    return new Feed(
        TInt32.tensorOf(Shape.of(batch.groups().length), DataBuffers.of(batch.groups())),
        TFloat32.tensorOf(Shape.of(batch.costs().length), DataBuffers.of(batch.costs())));
  }

  /** The tensors to feed. */
  public final class Feed implements AutoCloseable {
    private final TInt32 groupOfRows;
    private final TFloat32 costOfRows;

    private Feed(TInt32 groupOfRows, TFloat32 costOfRows) {
      this.groupOfRows = groupOfRows;
      this.costOfRows = costOfRows;
    }

    public Session.Runner to(Session.Runner runner) {
      return runner.feed(groups, groupOfRows).feed(costs, costOfRows);
    }

    @Override
    public void close() {
      groupOfRows.close();
      costOfRows.close();
    }
  }
}
