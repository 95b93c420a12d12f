package org.seq4j.attention;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Rows;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Memory;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Attention to a window of the source around a position p (Luong et al. 2015, section 3.2).
 *
 * <p>local-m: p is the number of the query, or the last position if the source is shorter, so that
 * there is always something to look at. local-p: {@code p = S · sigmoid(v · tanh(W q))}, and the
 * weights within the window are scaled by a Gaussian around it (eq. 9 and 10), so that they sum to
 * less than one.
 */
public final class Local implements AttentionMechanism {
  private static final String LENGTH = "length";
  private static final String STRIDE = "stride";

  private final boolean predictive;
  private final LuongScore score;
  private final int window;
  private final Normalizer normalizer;

  private Local(boolean predictive, LuongScore score, int window, Normalizer normalizer) {
    this.predictive = predictive;
    this.score = score;
    this.window = window;
    this.normalizer = normalizer;
  }

  /** local-m. */
  public static Local monotonic(LocalConfig config) {
    return new Local(false, config.score(), config.window(), config.normalizer());
  }

  /** local-p. */
  public static Local predictive(LocalConfig config) {
    return new Local(true, config.score(), config.window(), config.normalizer());
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    Ops tf = scope.tf();
    Operand<TFloat32> lengths = tf.dtypes.cast(memory.sequence().lengths(), TFloat32.class); // [B]
    NamedTensors prepared =
        score
            .prepare(scope, memory, queryDepth, predictive ? "local-p" : "local-m")
            .with(LENGTH, lengths);
    return predictive
        ? prepared
        : prepared.with(
            STRIDE,
            tf.math.add(tf.zerosLike(lengths), tf.constant((float) memory.stride()))); // [B]
  }

  /** The window of local-m moves with the number of the query. */
  @Override
  public boolean sequential() {
    return !predictive;
  }

  @Override
  public Attended attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    Prepared memory = Prepared.of(prepared);
    Operand<TFloat32> scores = score.of(scope, prepared, query); // [B, Q, S]
    Operand<TFloat32> middle =
        predictive ? predicted(scope, prepared, query) : given(tf, prepared, position); // [B, Q, 1]
    Operand<TFloat32> positions = // [S]
        tf.dtypes.cast(
            tf.range(tf.constant(0), Rows.size(tf, scores, 2), tf.constant(1)), TFloat32.class);
    Operand<TFloat32> distance = tf.math.abs(tf.math.sub(positions, middle)); // [B, Q or 1, S]
    Operand<TBool> near =
        tf.math.logicalAnd(
            tf.expandDims(memory.real(), tf.constant(1)),
            tf.math.lessEqual(distance, tf.constant((float) window)));
    Operand<TFloat32> weights = normalizer.weightsWithin(tf, scores, near); // [B, Q, S]
    return memory.byWeights(
        tf,
        predictive ? tf.math.mul(weights, gaussian(tf, distance)) : weights,
        NamedTensors.EMPTY,
        NamedTensors.EMPTY);
  }

  /** {@code [B, 1, 1]}. */
  private static Operand<TFloat32> given(Ops tf, NamedTensors prepared, Operand<TInt32> position) {
    Operand<TFloat32> number = tf.dtypes.cast(position, TFloat32.class);
    Operand<TFloat32> at = tf.math.floor(tf.math.div(number, prepared.floats(STRIDE))); // [B]
    Operand<TFloat32> last = tf.math.sub(prepared.floats(LENGTH), tf.constant(1f));
    return perSource(tf, tf.math.minimum(at, last));
  }

  /** {@code [B, Q, 1]}. */
  private static Operand<TFloat32> predicted(
      Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
    Ops tf = scope.tf();
    long depth = query.shape().get(-1);
    Operand<TFloat32> layer =
        tf.math.tanh(scope.linear("position", depth, false, query)); // [B, Q, D]
    Operand<TFloat32> share = tf.math.sigmoid(scope.linear("share", 1, false, layer)); // [B, Q, 1]
    return tf.math.mul(perSource(tf, prepared.floats(LENGTH)), share);
  }

  private static Operand<TFloat32> perSource(Ops tf, Operand<TFloat32> x) {
    return tf.expandDims(tf.expandDims(x, tf.constant(1)), tf.constant(2)); // [B, 1, 1]
  }

  /** Of a deviation of half a window. */
  private Operand<TFloat32> gaussian(Ops tf, Operand<TFloat32> distance) {
    float deviation = window / 2f;
    return tf.math.exp(
        tf.math.mul(tf.math.square(distance), tf.constant(-1 / (2 * deviation * deviation))));
  }
}
