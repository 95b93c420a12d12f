package org.seq4j.core.model;

import java.util.Optional;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An output layer that gives each token of the vocabulary a probability. */
@FunctionalInterface
public non-sealed interface TokenOutput extends OutputLayer {

  /**
   * Adds the ops.
   *
   * @param features the decoder's outputs, {@code [N, D]}
   * @param tokens the target vocabulary
   * @return natural logarithms of probabilities, {@code [N, V]}
   */
  Operand<TFloat32> logProbabilities(Scope scope, Operand<TFloat32> features, Tokens tokens);

  /**
   * The target vocabulary as an output layer sees it.
   *
   * @param size V
   * @param embedding the target embedding {@code [V, E]} if the projection shares it
   */
  record Tokens(long size, Optional<Operand<TFloat32>> embedding) {}
}
