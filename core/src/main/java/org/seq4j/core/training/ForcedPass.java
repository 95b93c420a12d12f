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
 * the source and the correct target positions before it.
 *
 * <p>A target of T tokens is predicted in T + 1 steps; the last one predicts the end token. A
 * target of vectors has no end: in its shapes, read T for T + 1. The log-probability of a vector is
 * minus its mean squared error: up to constants, that of a normal distribution around the predicted
 * vector.
 *
 * @param memory the encoded sources
 * @param decoded outputs, attention and additional losses of the decoder; the training loss always
 *     includes these losses
 * @param lengths number of real steps of each target, at most T + 1, {@code [B]}
 * @param logProbabilities log-probabilities of the correct tokens, {@code [B, T + 1]}, 0 beyond
 *     each length
 * @param meanLogProbability mean log-probability over the vocabulary, for label smoothing, {@code
 *     [B, T + 1]}, 0 beyond each length; for vectors, equal to {@code logProbabilities}
 * @param correct 1 where the correct token has the highest probability, else 0, {@code [B, T + 1]};
 *     0 beyond each length, and for vectors
 * @param target the given target
 * @param links links between source and target positions; present if the corpora have alignments
 *     and an objective {@linkplain Objective.Input#ALIGNMENT needs them}
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

  /** A given target. */
  public sealed interface Target permits Tokens, Vectors {}

  /**
   * A target of tokens.
   *
   * @param ids the correct tokens, each sequence followed by the end token, {@code [B, T + 1]};
   *     with a copying output layer, the id of a source token may be V + its position
   * @param vocabulary V, the size of the target vocabulary
   * @param distribution adds the log-probabilities of all tokens when it is called, {@code [B, T +
   *     1, V]}; with a copying output layer, {@code [B, T + 1, V + S]}. Values beyond each length
   *     are undefined
   */
  public record Tokens(
      Operand<TInt32> ids, int vocabulary, Supplier<Operand<TFloat32>> distribution)
      implements Target {}

  /**
   * A target of vectors.
   *
   * @param truth the correct vectors, {@code [B, T, D]}
   * @param predicted the predicted vectors, {@code [B, T, D]}; values of both beyond each length
   *     are undefined
   */
  public record Vectors(Operand<TFloat32> truth, Operand<TFloat32> predicted) implements Target {}

  /**
   * Links between positions of source and target.
   *
   * @param positions {@code [N, 3]}: row of the batch, target position, source position, each from
   *     0; positions of {@link Memory#sequence} are source positions divided by its stride
   * @param shares 1 divided by the number of links of the target position, {@code [N]}
   */
  public record Links(Operand<TInt32> positions, Operand<TFloat32> shares) {}

  /**
   * Returns the target as tokens.
   *
   * @throws IllegalStateException if it consists of vectors; {@link Objective.Input#TOKENS}
   *     excludes this
   */
  public Tokens tokens() {
    if (target instanceof Tokens tokens) {
      return tokens;
    }
    throw new IllegalStateException("the target consists of vectors, not of tokens");
  }

  /**
   * Returns the target as vectors.
   *
   * @throws IllegalStateException if it consists of tokens; {@link Objective.Input#VECTORS}
   *     excludes this
   */
  public Vectors vectors() {
    if (target instanceof Vectors vectors) {
      return vectors;
    }
    throw new IllegalStateException("the target consists of tokens, not of vectors");
  }

  /** Returns a copy with links. */
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
