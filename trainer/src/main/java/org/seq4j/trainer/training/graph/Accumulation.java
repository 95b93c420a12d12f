package org.seq4j.trainer.training.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.ParameterGradient;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Gradients of sums over several micro-batches, each from a run of its own, added up in variables
 * between the runs. No checkpoint holds these: every step begins anew.
 *
 * @param first what starts with the gradients of a run
 * @param further what adds those of another run
 * @param tokens by which the sums are divided, a scalar to be fed
 * @param means the gradients of the average over all micro-batches
 */
record Accumulation(
    List<Op> first, List<Op> further, Placeholder<TFloat32> tokens, List<ParameterGradient> means) {

  /** Adds the ops. */
  static Accumulation of(Ops tf, List<ParameterGradient> gradients, ModelGraph graph) {
    List<Op> first = new ArrayList<>();
    List<Op> further = new ArrayList<>();
    List<ParameterGradient> means = new ArrayList<>();
    Placeholder<TFloat32> tokens =
        tf.placeholder(TFloat32.class, Placeholder.shape(Shape.scalar()));
    for (ParameterGradient gradient : gradients) {
      String path = gradient.path();
      Shape shape = graph.parameters().variable(path).shape();
      Operand<TFloat32> added = gradient.dense(tf, shape);
      Variable<TFloat32> sum = tf.variable(shape, TFloat32.class);
      first.add(tf.assign(sum, added));
      further.add(tf.assignAdd(sum, added));
      Operand<TFloat32> mean = tf.math.div(sum, tokens);
      means.add(
          gradient.rows().isPresent()
              ? ofRows(tf, path, mean)
              : new ParameterGradient(path, mean, Optional.empty()));
    }
    return new Accumulation(first, further, tokens, means);
  }

  /** Only of the rows that one of the micro-batches touched. */
  private static ParameterGradient ofRows(Ops tf, String path, Operand<TFloat32> mean) {
    int[] others = IntStream.range(1, mean.shape().numDimensions()).toArray();
    Operand<TBool> touched =
        tf.reduceAny(tf.math.notEqual(mean, tf.constant(0f)), tf.constant(others));
    Operand<TInt32> rows =
        tf.dtypes.cast(tf.reshape(tf.where(touched), tf.constant(new int[] {-1})), TInt32.class);
    return new ParameterGradient(path, tf.gather(mean, rows, tf.constant(0)), Optional.of(rows));
  }
}
