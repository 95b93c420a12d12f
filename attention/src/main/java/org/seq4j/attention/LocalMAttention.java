package org.seq4j.attention;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Attention to a window that moves by one position per query (Luong et al. 2015, section 3.2,
 * local-m). Its middle is the number of the query, or the last position if the source is shorter,
 * so that the window is never empty.
 */
public final class LocalMAttention implements StatefulAttention {
  private static final String STRIDE = "stride";

  private final LocalWindow window;

  /** Creates the mechanism from its configuration. */
  public LocalMAttention(LocalConfig config) {
    this.window = new LocalWindow(config.score(), config.window(), config.normalizer());
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    Ops tf = scope.tf();
    NamedTensors prepared = window.prepare(scope, memory, queryDepth, "local-m");
    Operand<TFloat32> lengths = prepared.floats(LocalWindow.LENGTH);
    return prepared.with(
        STRIDE, tf.math.add(tf.zerosLike(lengths), tf.constant((float) memory.stride()))); // [B]
  }

  @Override
  public Step attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TFloat32> scores = window.score().of(scope, prepared, query); // [B, Q, S]
    Operand<TFloat32> distance =
        LocalWindow.distance(tf, scores, middle(tf, prepared, position)); // [B, 1, S]
    Operand<TFloat32> weights = window.weights(tf, prepared, scores, distance); // [B, Q, S]
    return new Step(AttentionMemory.of(prepared).weighted(tf, weights), NamedTensors.EMPTY);
  }

  /** Computes the middle of the window, {@code [B, 1, 1]}. */
  private static Operand<TFloat32> middle(Ops tf, NamedTensors prepared, Operand<TInt32> position) {
    Operand<TFloat32> number = tf.dtypes.cast(position, TFloat32.class);
    Operand<TFloat32> at = tf.math.floor(tf.math.div(number, prepared.floats(STRIDE))); // [B]
    Operand<TFloat32> last = tf.math.sub(prepared.floats(LocalWindow.LENGTH), tf.constant(1f));
    return LocalWindow.perSource(tf, tf.math.minimum(at, last));
  }
}
