package org.seq4j.core.training;

import java.util.Optional;
import java.util.function.Supplier;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The outputs of a model for given targets under teacher forcing: each position is predicted from
 * the true ones before it.
 *
 * <p>A target of T tokens is predicted in T + 1 steps, the end token being the last one. Vectors
 * have no end: there read T for T + 1. What stands for the log-probability of a vector is minus its
 * mean squared error, which is that of a normal distribution around the predicted vector but for
 * constants.
 *
 * @param memory of the sources
 * @param decoded the decoder's outputs, its attention and additional losses; these are added to the
 *     loss of training in any case
 * @param lengths how many of the T + 1 steps are real, {@code [B]}
 * @param logProbabilities of the true tokens, {@code [B, T + 1]}, zero beyond each length
 * @param meanLogProbability the mean over the vocabulary there, {@code [B, T + 1]}, zero beyond; of
 *     vectors the same as {@code logProbabilities}
 * @param correct 1 where the true token is the most likely one, {@code [B, T + 1]}, zero beyond; of
 *     vectors zeros
 * @param target the true target
 * @param links which positions of source and target belong together, if the corpora say it and an
 *     objective {@linkplain Objective.Need#ALIGNMENT needs it}
 */
public record ForcedPass(
    Memory memory,
    DecoderOutput decoded,
    Operand<TInt32> lengths,
    Operand<TFloat32> logProbabilities,
    Operand<TFloat32> meanLogProbability,
    Operand<TFloat32> correct,
    Target target,
    Optional<Links> links) {

  /** The true target. */
  public sealed interface Target permits Tokens, Vectors {}

  /**
   * A target of tokens.
   *
   * @param ids the true tokens, each sequence followed by the end token, {@code [B, T + 1]}; where
   *     an output layer copies, one of the source's tokens may be V + its position there
   * @param vocabulary V, the size of the target vocabulary
   * @param distribution adds log-probabilities of all tokens when it is asked: {@code [B, T + 1,
   *     V]}, of an output layer that copies {@code [B, T + 1, V + S]}; beyond each length they mean
   *     nothing
   */
  public record Tokens(
      Operand<TInt32> ids, int vocabulary, Supplier<Operand<TFloat32>> distribution)
      implements Target {}

  /**
   * A target of vectors.
   *
   * @param truth the true vectors, {@code [B, T, D]}
   * @param predicted what the model predicts in their place, {@code [B, T, D]}; beyond each length
   *     both mean nothing
   */
  public record Vectors(Operand<TFloat32> truth, Operand<TFloat32> predicted) implements Target {}

  /**
   * Links between positions of source and target.
   *
   * @param positions {@code [N, 3]}: a row of the batch, a position of its target and one of its
   *     source, each from 0; positions of {@link Memory#sequence} are those of the source divided
   *     by its stride
   * @param shares one over the number of links that the target position has, {@code [N]}
   */
  public record Links(Operand<TInt32> positions, Operand<TFloat32> shares) {}

  /**
   * The target as tokens.
   *
   * @throws IllegalStateException if it consists of vectors, which {@link Objective.Need#TOKENS}
   *     excludes
   */
  public Tokens tokens() {
    if (target instanceof Tokens tokens) {
      return tokens;
    }
    throw new IllegalStateException("the target consists of vectors, not of tokens");
  }

  /**
   * The target as vectors.
   *
   * @throws IllegalStateException if it consists of tokens, which {@link Objective.Need#VECTORS}
   *     excludes
   */
  public Vectors vectors() {
    if (target instanceof Vectors vectors) {
      return vectors;
    }
    throw new IllegalStateException("the target consists of tokens, not of vectors");
  }

  /** The same with links. */
  public ForcedPass withLinks(Links present) {
    return new ForcedPass(
        memory,
        decoded,
        lengths,
        logProbabilities,
        meanLogProbability,
        correct,
        target,
        Optional.of(present));
  }
}
