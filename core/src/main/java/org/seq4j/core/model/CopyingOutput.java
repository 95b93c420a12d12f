package org.seq4j.core.model;

import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An output layer that can also copy tokens of the source, which the vocabulary need not know. It
 * needs a decoder with attention, and an encoder of stride 1.
 */
@FunctionalInterface
public non-sealed interface CopyingOutput extends OutputLayer {

  /**
   * Adds the ops.
   *
   * @param features the decoder's outputs, {@code [N, D]}
   * @param source the tokens that can be copied, and the attention to them
   * @param tokens the target vocabulary
   * @return natural logarithms of probabilities, {@code [N, V + S]}: V + p is the token that stands
   *     first at position p of the source, if the vocabulary does not know it
   */
  Operand<TFloat32> logProbabilities(
      Scope scope, Operand<TFloat32> features, Source source, TokenOutput.Tokens tokens);

  /**
   * The source as a copying layer sees it.
   *
   * @param weights of the attention, {@code [N, S]}
   * @param ids the token at each position, {@code [N, S]}: an id of the target vocabulary, or V +
   *     the first position at which the token stands
   */
  record Source(Operand<TFloat32> weights, Operand<TInt32> ids) {}
}
