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
 * Gradient accumulation over micro-batches. Each micro-batch is a session run; variables sum the
 * gradients between runs. Checkpoints do not contain these variables: every step resets them.
 *
 * @param first the ops that set the sums to the gradients of the first run
 * @param further the ops that add the gradients of a further run
 * @param tokens the divisor of the sums, a scalar to be fed
 * @param means the gradients, averaged over all micro-batches
 */
record Accumulation(
    List<Op> first, List<Op> further, Placeholder<TFloat32> tokens, List<ParameterGradient> means) {

  /** Adds the ops to the graph. */
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

  /** Returns a sparse gradient of the rows that any micro-batch touched. */
  private static ParameterGradient ofRows(Ops tf, String path, Operand<TFloat32> mean) {
    int[] others = IntStream.range(1, mean.shape().numDimensions()).toArray();
    Operand<TBool> touched =
        tf.reduceAny(tf.math.notEqual(mean, tf.constant(0f)), tf.constant(others));
    Operand<TInt32> rows =
        tf.dtypes.cast(tf.reshape(tf.where(touched), tf.constant(new int[] {-1})), TInt32.class);
    return new ParameterGradient(path, tf.gather(mean, rows, tf.constant(0)), Optional.of(rows));
  }
}
