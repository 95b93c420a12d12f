package org.seq4j.attention;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatelessAttention;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Attention to a window around a predicted position {@code p = S · sigmoid(v · tanh(W q))}. The
 * weights within it are multiplied by a Gaussian around p, so that their sum is below 1 (Luong et
 * al. 2015, section 3.2, local-p, eq. 9 and 10).
 */
public final class LocalPAttention implements StatelessAttention {
  private final LocalWindow window;

  /** Creates the mechanism from its configuration. */
  public LocalPAttention(LocalConfig config) {
    this.window = new LocalWindow(config.score(), config.window(), config.normalizer());
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    return window.prepare(scope, memory, queryDepth, "local-p");
  }

  @Override
  public AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
    Ops tf = scope.tf();
    Operand<TFloat32> scores = window.score().of(scope, prepared, query); // [B, Q, S]
    Operand<TFloat32> distance =
        LocalWindow.distance(tf, scores, middle(scope, prepared, query)); // [B, Q, S]
    Operand<TFloat32> weights = window.weights(tf, prepared, scores, distance); // [B, Q, S]
    return AttentionMemory.of(prepared).weighted(tf, tf.math.mul(weights, gaussian(tf, distance)));
  }

  /** Predicts the middle of the window, {@code [B, Q, 1]}. */
  private static Operand<TFloat32> middle(
      Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
    Ops tf = scope.tf();
    long depth = query.shape().get(-1);
    Operand<TFloat32> layer =
        tf.math.tanh(scope.linear("position", depth, false, query)); // [B, Q, D]
    Operand<TFloat32> share = tf.math.sigmoid(scope.linear("share", 1, false, layer)); // [B, Q, 1]
    return tf.math.mul(LocalWindow.perSource(tf, prepared.floats(LocalWindow.LENGTH)), share);
  }

  /** Computes the Gaussian, with half the window size as its standard deviation. */
  private Operand<TFloat32> gaussian(Ops tf, Operand<TFloat32> distance) {
    float deviation = window.size() / 2f;
    return tf.math.exp(
        tf.math.mul(tf.math.square(distance), tf.constant(-1 / (2 * deviation * deviation))));
  }
}
