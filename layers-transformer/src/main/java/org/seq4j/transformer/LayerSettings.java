package org.seq4j.transformer;

import java.util.Optional;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.FeedForward;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The settings that the layers of encoders and decoders have in common.
 *
 * @param units size of each layer, D
 * @param heads number of attention heads, H
 * @param keyHeads number of heads of keys and values, G
 */
record LayerSettings(
    int layers,
    int units,
    int heads,
    int keyHeads,
    FeedForward feedForward,
    Norm norm,
    float dropout,
    float attentionDropout) {

  /** Returns the size of a head. */
  int headSize() {
    return units / heads;
  }

  Residual residual() {
    return new Residual(norm, dropout);
  }

  /** Applies the feed-forward layer of a layer. */
  Operand<TFloat32> feedForward(Scope layer, Operand<TFloat32> x) {
    return feedForward.apply(layer, Layers.FEED_FORWARD, x);
  }

  AttentionHeads attentionHeads() {
    return new AttentionHeads(heads, keyHeads, headSize(), attentionDropout);
  }

  /**
   * Returns the scheme of positions.
   *
   * @param maxPositions number of learned vectors
   * @param maxDistance largest distance that is told from larger ones; default by the scheme
   * @param causal whether no query has a later key
   */
  PositionScheme scheme(
      PositionEncoding positions, int maxPositions, Optional<Integer> maxDistance, boolean causal) {
    return switch (positions) {
      case SINUSOIDAL -> new PositionScheme.Sinusoidal(units);
      case LEARNED -> new PositionScheme.Learned(units, maxPositions);
      case ROTARY -> new PositionScheme.Rotary(headSize());
      case RELATIVE ->
          new PositionScheme.Relative(
              new RelativePositions(
                  maxDistance.orElse(RelativePositions.MAX_DISTANCE), heads, headSize(), causal));
      case T5 ->
          new PositionScheme.Bias(
              new DistanceBias(
                  maxDistance.orElse(DistanceBias.MAX_DISTANCE), heads, units, causal));
    };
  }
}
