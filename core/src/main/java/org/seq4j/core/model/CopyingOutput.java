package org.seq4j.core.model;

import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An output layer that can also copy source tokens, including tokens that are not in the
 * vocabulary. It needs a decoder with attention and an encoder of stride 1.
 */
@FunctionalInterface
public non-sealed interface CopyingOutput extends OutputLayer {

  /**
   * Computes the distribution over target tokens and source positions.
   *
   * @param features the decoder's outputs, {@code [N, D]}
   * @param source the source tokens and the attention to them
   * @param tokens the target vocabulary
   * @return natural logarithms of probabilities, {@code [N, V + S]}: index V + p is a token outside
   *     the vocabulary whose first position in the source is p; any other index from V on is
   *     impossible, so that its logarithm is very low or negative infinity
   */
  Operand<TFloat32> logProbabilities(
      Scope scope, Operand<TFloat32> features, Source source, TokenOutput.Tokens tokens);

  /**
   * The input of a copying layer from the source.
   *
   * @param weights attention weights, {@code [N, S]}
   * @param ids token id at each position, {@code [N, S]}: its id in the target vocabulary, or V +
   *     its first position in the source
   */
  record Source(Operand<TFloat32> weights, Operand<TInt32> ids) {}
}
