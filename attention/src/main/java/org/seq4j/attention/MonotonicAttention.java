package org.seq4j.attention;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Monotonic attention (Raffel et al. 2017). With {@code p_j = sigmoid(e_j)} the probability of
 * stopping at position j, the probability of attending to j is
 *
 * <pre>
 * a_j = p_j * sum over k up to j of a'_k * product over l from k to j - 1 of (1 - p_l)
 * </pre>
 *
 * where a' are the weights of the previous query; before the first query, a' is 1 at position 0
 * (eq. 8). Training computes this expectation. Its products are exponentials of differences of
 * sums, which cannot overflow, unlike the quotients of eq. 10. Inference stops at a position if
 * {@code p_j > 0.5} (algorithm 1), which is the same formula with p of 0 or 1. If it stops at no
 * position, the context is zero; in training, that share of the weights is lost, too.
 */
public final class MonotonicAttention implements StatefulAttention {

  /** The configuration of the attention {@code monotonic}. */
  public record Config(
      @Key(
              doc =
                  "Size of the layer that compares query and key (Bahdanau et al. 2015, n' in"
                      + " appendix A.1.2); the depth of the memory by default.",
              min = 1)
          Optional<Integer> units,
      @Key(
              doc =
                  "Standard deviation of the noise added to scores in training, which makes"
                      + " the probabilities of stopping close to 0 or 1 (Raffel et al. 2017,"
                      + " section 2.5).",
              defaultValue = "1.0",
              min = 0)
          float noise,
      @Key(
              doc =
                  "Initial offset of the scores. If it is negative, attention moves forward"
                      + " before it has learned where to stop (Raffel et al. 2017, r in eq. 16).",
              defaultValue = "-1.0")
          float offset) {}

  private static final String WEIGHTS = "weights";

  private final Config config;

  /** Creates the mechanism from its configuration. */
  public MonotonicAttention(Config config) {
    this.config = config;
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    return AdditiveScore.of(config.units(), memory, true).prepare(scope, memory).tensors();
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    Ops tf = scope.tf();
    Operand<TBool> real = AttentionMemory.of(prepared).real(); // [B, S]
    Operand<TInt32> positions =
        tf.range(tf.constant(0), Shapes.size(tf, real, 1), tf.constant(1)); // [S]
    Operand<TBool> first = tf.math.logicalAnd(real, tf.math.equal(positions, tf.constant(0)));
    return NamedTensors.of(WEIGHTS, tf.dtypes.cast(first, TFloat32.class)); // [B, S]
  }

  @Override
  public Step attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    AttentionMemory memory = AttentionMemory.of(prepared);
    Operand<TFloat32> scores =
        tf.math.add(
            AdditiveScore.of(memory, true).of(scope, query, memory.keys()),
            scope.parameter("offset", Shape.of(1), Initializer.constant(config.offset())));
    Operand<TFloat32> before = tf.reshape(state.floats(WEIGHTS), tf.shape(scores)); // [B, Q, S]
    Operand<TBool> real = tf.expandDims(memory.real(), tf.constant(1)); // [B, 1, S]
    Operand<TFloat32> weights =
        scope.training()
            ? expected(tf, scope.noise(scores, config.noise()), before, real)
            : stopped(tf, scores, before, real);
    return new Step(
        memory.weighted(tf, weights),
        NamedTensors.of(WEIGHTS, AttentionMemory.asState(tf, weights)));
  }

  private static Operand<TFloat32> expected(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> before, Operand<TBool> real) {
    Operand<TFloat32> passing = tf.math.neg(tf.math.softplus(scores)); // log(1 - p)
    Operand<TFloat32> sums = exclusiveSums(tf, passing); // [B, Q, S]
    Operand<TFloat32> differences = differences(tf, sums); // [B, Q, S (k), S (j)]
    Operand<TFloat32> passed = // from k to j
        tf.math.exp(tf.select(isForward(tf, sums), differences, tf.constant(-1e9f)));
    Operand<TFloat32> stops = tf.select(real, tf.math.sigmoid(scores), tf.constant(0f));
    return tf.math.mul(stops, arriving(tf, before, passed));
  }

  private static Operand<TFloat32> stopped(
      Ops tf, Operand<TFloat32> scores, Operand<TFloat32> before, Operand<TBool> real) {
    Operand<TFloat32> stops =
        tf.dtypes.cast(
            tf.math.logicalAnd(real, tf.math.greater(scores, tf.constant(0f))), TFloat32.class);
    Operand<TFloat32> differences = differences(tf, exclusiveSums(tf, stops));
    Operand<TBool> none = tf.math.equal(differences, tf.constant(0f)); // no stop in between
    Operand<TFloat32> passed =
        tf.dtypes.cast(tf.math.logicalAnd(none, isForward(tf, scores)), TFloat32.class);
    return tf.math.mul(stops, arriving(tf, before, passed));
  }

  /** Computes the sum over all previous positions, {@code [B, Q, S]}. */
  private static Operand<TFloat32> exclusiveSums(Ops tf, Operand<TFloat32> x) {
    return tf.math.cumsum(x, tf.constant(2), Cumsum.exclusive(true));
  }

  /** Computes {@code x_j - x_k}, {@code [B, Q, S (k), S (j)]}. */
  private static Operand<TFloat32> differences(Ops tf, Operand<TFloat32> x) {
    return tf.math.sub(tf.expandDims(x, tf.constant(2)), tf.expandDims(x, tf.constant(3)));
  }

  /** Returns true where {@code k <= j}, {@code [S (k), S (j)]}. */
  private static Operand<TBool> isForward(Ops tf, Operand<TFloat32> like) {
    Operand<TInt32> positions =
        tf.range(tf.constant(0), Shapes.size(tf, like, 2), tf.constant(1)); // [S]
    return tf.math.lessEqual(
        tf.expandDims(positions, tf.constant(1)), tf.expandDims(positions, tf.constant(0)));
  }

  /** Computes {@code sum over k of before_k * passed_kj}, {@code [B, Q, S]}. */
  private static Operand<TFloat32> arriving(
      Ops tf, Operand<TFloat32> before, Operand<TFloat32> passed) {
    Operand<TFloat32> sums =
        tf.train.batchMatMul(
            tf.expandDims(before, tf.constant(2)), passed, TFloat32.class); // [B, Q, 1, S]
    return tf.squeeze(sums, Squeeze.axis(List.of(2L)));
  }
}
