package org.seq4j.core.model;

import java.util.Optional;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;

/** Encodes the embedded source. It keeps no operand in a field: it is built into several graphs. */
@Kind("encoder")
public interface Encoder {

  /**
   * Computes the memory.
   *
   * @param source embedded source tokens, or vectors, {@code [B, S, E]}; the result must not depend
   *     on padding. An encoder that needs columns throws an IllegalArgumentException with a message
   *     for users if the source has none
   */
  Memory encode(Scope scope, Sequence source);

  /**
   * Computes vectors whose statistics over the training data the encoder needs as parameters, such
   * as features that it normalizes. Before the first step of a new run, the parameters {@link
   * #MEAN} and {@link #SCALE} in the scope of the encoder, {@code [D]} each, get the mean of the
   * vectors over all positions and 1 divided by their standard deviation; training does not change
   * them. This holds for the encoder of a model whose sources are vectors or files; for embedded
   * tokens, and for encoders inside of others, nothing is counted.
   *
   * @param scope the scope of the encoder, in which no parameter is requested here
   * @param source as in {@link #encode}
   * @return vectors {@code [B, T, D]}; empty if the encoder needs no statistics
   */
  default Optional<Sequence> counted(Scope scope, Sequence source) {
    return Optional.empty();
  }

  /** Name of the parameter with the mean of the {@linkplain #counted counted} vectors. */
  String MEAN = "mean";

  /** Name of the parameter with 1 divided by the standard deviation of the counted vectors. */
  String SCALE = "scale";
}
