package org.seq4j.attention;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Additive attention with features of the previous weights: {@code v · tanh(W q + V k + U f)} with
 * {@code f = F * a'}, a convolution of the weights a' of the previous query along the source
 * (Chorowski et al. 2015, eq. 8 and 9). Before the first query all positions have equal weights.
 */
public final class LocationAwareAttention implements StatefulAttention {

  /** The configuration of the attention {@code location-aware}. */
  public record Config(
      @Key(
              doc =
                  "Size of the layer that compares query and key (Bahdanau et al. 2015, n' in"
                      + " appendix A.1.2); the depth of the memory by default.",
              min = 1)
          Optional<Integer> units,
      @Key(
              doc =
                  "The number of filters over the previous weights (Chorowski et al. 2015, k"
                      + " in section 2.2).",
              defaultValue = "10",
              min = 1)
          int filters,
      @Key(
              doc =
                  "The width of a filter in positions, an odd number (Chorowski et al. 2015, r"
                      + " in section 2.2; 201 there, for speech).",
              defaultValue = "15",
              min = 1)
          int width,
      @Key(
              doc =
                  "The factor of the scores; above 1 the weights become sharper (Chorowski et"
                      + " al. 2015, section 2.3).",
              defaultValue = "1.0",
              min = 0.001)
          float sharpening,
      @Key(
              doc =
                  "The function that turns scores into weights: softmax, or sparsemax, which"
                      + " gives most positions exactly 0 (Martins and Astudillo 2016).",
              defaultValue = "softmax")
          Normalizer normalizer) {

    /** Checks that the width is odd. */
    public Config {
      if (width % 2 == 0) {
        throw new IllegalArgumentException(
            "width: expected an odd number, so that a filter has a middle, got " + width);
      }
    }
  }

  private static final String WEIGHTS = "weights";

  private final Config config;

  /** Creates the mechanism from its configuration. */
  public LocationAwareAttention(Config config) {
    this.config = config;
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    return AdditiveScore.of(config.units(), memory, false).prepare(scope, memory).tensors();
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    Ops tf = scope.tf();
    Operand<TFloat32> real =
        tf.dtypes.cast(AttentionMemory.of(prepared).real(), TFloat32.class); // [B, S]
    Operand<TFloat32> count =
        tf.math.maximum(tf.reduceSum(real, tf.constant(1)), tf.constant(1f)); // [B]
    return NamedTensors.of(WEIGHTS, tf.math.div(real, tf.expandDims(count, tf.constant(1))));
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
    AdditiveScore score = AdditiveScore.of(memory, false);
    Operand<TFloat32> windows = windows(tf, state.floats(WEIGHTS)); // [B·Q, S, width]
    Operand<TFloat32> features =
        scope.linear("filters", config.filters(), false, windows); // [B·Q, S, filters]
    Operand<TFloat32> projected =
        scope.linear("location", score.units(), false, features); // [B·Q, S, units]
    Operand<TInt32> sizes =
        tf.stack(
            List.of(
                Shapes.size(tf, query, 0),
                Shapes.size(tf, query, 1),
                Shapes.size(tf, projected, 1),
                tf.constant((int) score.units())));
    Operand<TFloat32> scores =
        score.of(scope, query, memory.keys(), Optional.of(tf.reshape(projected, sizes)));
    Operand<TFloat32> weights =
        config
            .normalizer()
            .weights(tf, tf.math.mul(scores, tf.constant(config.sharpening())), memory.real());
    return new Step(
        memory.weighted(tf, weights),
        NamedTensors.of(WEIGHTS, AttentionMemory.asState(tf, weights)));
  }

  /**
   * Returns the window of a filter at each position: {@code [B·Q, S]} to {@code [B·Q, S, width]}.
   */
  private Operand<TFloat32> windows(Ops tf, Operand<TFloat32> weights) {
    int side = config.width() / 2;
    Operand<TFloat32> padded =
        tf.pad(weights, tf.constant(new int[][] {{0, 0}, {side, side}}), tf.constant(0f));
    Operand<TInt32> positions =
        tf.range(tf.constant(0), Shapes.size(tf, weights, 1), tf.constant(1)); // [S]
    Operand<TInt32> offsets =
        tf.range(tf.constant(0), tf.constant(config.width()), tf.constant(1)); // [width]
    Operand<TInt32> indices =
        tf.math.add(tf.expandDims(positions, tf.constant(1)), offsets); // [S, width]
    Operand<TFloat32> windows = tf.gather(padded, indices, tf.constant(1));
    return tf.reshape(
        windows,
        tf.stack(
            List.of(
                Shapes.size(tf, weights, 0),
                Shapes.size(tf, weights, 1),
                tf.constant(config.width()))));
  }
}
