package org.seq4j.core.model;

import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Turns what the decoder puts out into a distribution over symbols. */
@Kind("output")
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

  /**
   * Whether it can copy symbols of the source, too: then {@link #copyingLogProbabilities} is asked
   * instead, and the decoder must have attention.
   */
  default boolean copies() {
    return false;
  }

  /**
   * Logarithms of probabilities of the vocabulary's symbols and of those of the source.
   *
   * @param features the decoder's outputs, {@code [N, D]}
   * @param source where they looked
   * @param embedding as for {@link #logProbabilities}
   * @param vocabulary V
   * @return {@code [N, V + S]}: V + p is the symbol that stands first at position p of the source,
   *     if the vocabulary does not know it
   */
  default Operand<TFloat32> copyingLogProbabilities(
      Scope scope,
      Operand<TFloat32> features,
      Copying source,
      Operand<TFloat32> embedding,
      long vocabulary) {
    throw new UnsupportedOperationException("this output layer does not copy");
  }

  /**
   * What can be copied.
   *
   * @param weights of the attention, {@code [N, S]}
   * @param ids the number of the symbol at each position, {@code [N, S]}: an id of the vocabulary,
   *     or V + the first position at which it stands
   */
  record Copying(Operand<TFloat32> weights, Operand<TInt32> ids) {}
}
