package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The result of attention for Q queries per source.
 *
 * @param context weighted mean of the values, {@code [B, Q, D]}
 * @param weights attention weights, {@code [B, Q, S]}, exactly 0 on padding
 * @param losses additional terms of the loss by name, {@code [B·Q]} each, in the order of sources
 *     and then queries; training adds them without a weight
 */
public record AttentionOutput(
    Operand<TFloat32> context, Operand<TFloat32> weights, NamedTensors losses) {

  /**
   * Checks the shapes that are known.
   *
   * @throws IllegalStateException if a part is null or has another number of axes, or the depth of
   *     the context is unknown
   */
  public AttentionOutput {
    Returned.ofDepth("the context of an attention", context, "[B, Q, D]");
    Returned.ofRank("the weights of an attention", weights, "[B, Q, S]");
    Returned.present("the losses of an attention", losses);
  }

  /** Creates a result without additional losses. */
  public AttentionOutput(Operand<TFloat32> context, Operand<TFloat32> weights) {
    this(context, weights, NamedTensors.EMPTY);
  }
}
