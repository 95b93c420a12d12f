package org.seq4j.core.model;

import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Turns what the decoder puts out into a distribution over symbols. */
public interface OutputLayer {

  /**
   * Logarithms of probabilities.
   *
   * @param features the decoder's outputs, {@code [N, D]}
   * @param embedding the target embedding {@code [V, E]} if the projection is tied to it, else null
   * @param vocabulary V
   * @return {@code [N, V]}
   */
  Operand<TFloat32> logProbabilities(
      Scope scope, Operand<TFloat32> features, Operand<TFloat32> embedding, long vocabulary);
}
