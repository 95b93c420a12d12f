package org.seq4j.core.model;

import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An output layer that predicts a vector at each position. */
@FunctionalInterface
public non-sealed interface VectorOutput extends OutputLayer {

  /**
   * Computes the vectors.
   *
   * @param features the decoder's outputs, {@code [N, D]} or {@code [B, T, D]}
   * @param depth size of a target vector
   * @return {@code [N, depth]} or {@code [B, T, depth]}
   */
  Operand<TFloat32> vectors(Scope scope, Operand<TFloat32> features, long depth);
}
