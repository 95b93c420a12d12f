package org.seq4j.trainer.training.risk;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.graph.Scope;
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
 * The expected cost of candidates: Shen et al. 2016, "Minimum risk training for neural machine
 * translation", equations 9 and 10.
 *
 * @param groups where the source of each candidate is fed, {@code [N]}
 * @param costs where the cost of each is fed, {@code [N]}
 * @param loss the sum of the expected costs over the sources, and how many these are
 */
public record MinimumRisk(
    Placeholder<TInt32> groups, Placeholder<TFloat32> costs, Seq2SeqModel.Loss loss) {

  /**
   * Adds the ops.
   *
   * @param source a row for each candidate, N
   * @param target the candidates
   * @param parts into how many parts of its rows the batch is divided
   */
  public static MinimumRisk of(
      Scope scope,
      Seq2SeqModel model,
      SequenceBatch source,
      SequenceBatch target,
      double sharpness,
      int parts) {
    Ops tf = scope.tf();
    Placeholder<TInt32> groups =
        tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    Placeholder<TFloat32> costs =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
    List<Operand<TFloat32>> scores = new ArrayList<>();
    List<Operand<TInt32>> rows = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      Seq2SeqModel.Scored scored =
          model.score(scope, source.part(tf, part, parts), target.part(tf, part, parts));
      scores.add(tf.reduceSum(scored.logProbabilities(), tf.constant(1))); // [N / parts]
      rows.add(source.rowsOfPart(tf, part, parts));
    }
    Operand<TInt32> order = joined(tf, rows); // of the rows as they were given
    Operand<TInt32> group = tf.gather(groups, order, tf.constant(0));
    Operand<TFloat32> cost = tf.gather(costs, order, tf.constant(0));
    Operand<TInt32> count = tf.math.add(tf.max(groups, tf.constant(0)), tf.constant(1));
    Operand<TFloat32> sharp = tf.math.mul(joined(tf, scores), tf.constant((float) sharpness));
    Operand<TFloat32> highest = // only keeps the powers finite
        tf.stopGradient(
            tf.gather(tf.math.unsortedSegmentMax(sharp, group, count), group, tf.constant(0)));
    Operand<TFloat32> power = tf.math.exp(tf.math.sub(sharp, highest));
    Operand<TFloat32> whole =
        tf.gather(tf.math.unsortedSegmentSum(power, group, count), group, tf.constant(0));
    Operand<TFloat32> risk =
        tf.reduceSum(tf.math.mul(tf.math.div(power, whole), cost), tf.constant(0));
    return new MinimumRisk(
        groups, costs, new Seq2SeqModel.Loss(risk, tf.dtypes.cast(count, TFloat32.class)));
  }

  private static <T extends TType> Operand<T> joined(Ops tf, List<Operand<T>> parts) {
    return parts.size() == 1 ? parts.get(0) : tf.concat(parts, tf.constant(0));
  }

  /** Tensors for a run, closed after it. */
  public Feed feed(RiskBatch batch) {
    return new Feed(
        TInt32.tensorOf(Shape.of(batch.groups().length), DataBuffers.of(batch.groups())),
        TFloat32.tensorOf(Shape.of(batch.costs().length), DataBuffers.of(batch.costs())));
  }

  /** Tensors to be fed. */
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
