package org.seq4j.core.model;

import java.util.Optional;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** An output layer that predicts a distribution over the tokens of the vocabulary. */
@FunctionalInterface
public non-sealed interface TokenOutput extends OutputLayer {

  /**
   * Computes the distribution.
   *
   * @param features the decoder's outputs, {@code [N, D]}
   * @param tokens the target vocabulary
   * @return natural logarithms of probabilities, {@code [N, V]}
   */
  Operand<TFloat32> logProbabilities(Scope scope, Operand<TFloat32> features, Tokens tokens);

  /**
   * The target vocabulary.
   *
   * @param size number of tokens, V
   * @param embedding the target embedding, {@code [V, E]}, present if the output layer must use it
   *     as its kernel (tied embeddings); see {@link Scope#products}
   */
  record Tokens(long size, Optional<Operand<TFloat32>> embedding) {}
}
