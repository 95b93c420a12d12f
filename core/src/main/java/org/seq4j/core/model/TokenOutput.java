package org.seq4j.core.model;

import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

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

  /**
   * An output layer with a state that each token updates, such as the probability of each source
   * position to be the one that the previous token was produced from. It keeps no operand in a
   * field, because it is built into several graphs.
   *
   * <p>As for a {@link Decoder}, the result of {@link #prepare} has one row per source, B; states
   * and features have one row per hypothesis, B·K, grouped by source. In training K is 1.
   */
  non-sealed interface Stateful extends OutputLayer {

    /**
     * Computes the tensors that all steps use, one row per source.
     *
     * @return at least one tensor, {@code [B, ...]} each
     * @throws IllegalArgumentException if the layer cannot read this memory, for example because it
     *     {@linkplain Memory#isEmpty is empty}; the message is for the user
     */
    NamedTensors prepare(Scope scope, Memory memory);

    /** The state before the first step, one row per source; a search repeats it per hypothesis. */
    NamedTensors initialState(Scope scope, NamedTensors prepared, Tokens tokens);

    /**
     * Computes the distribution after one step of the decoder.
     *
     * @param prepared the result of {@link #prepare}, {@code [B, ...]} each
     * @param features the decoder's output, {@code [B·K, D]}
     * @param previous the previous token, at the first step the begin token, {@code [B·K]}
     * @param state state of the previous step, {@code [B·K, ...]} each
     */
    Step step(
        Scope scope,
        NamedTensors prepared,
        Operand<TFloat32> features,
        Operand<TInt32> previous,
        NamedTensors state,
        Tokens tokens);

    /**
     * Computes the distributions of all steps for given tokens (teacher forcing). The default scans
     * {@link #step} over time; a faster implementation must return the same result.
     *
     * @param features the decoder's outputs, {@code [B, T, D]}
     * @param previous the previous token of each step, {@code [B, T]}
     */
    default AllSteps allSteps(
        Scope scope,
        NamedTensors prepared,
        Sequence features,
        Operand<TInt32> previous,
        Tokens tokens) {
      return SteppedOutput.scan(this, scope, prepared, features, previous, tokens);
    }

    /**
     * The result of one step.
     *
     * @param logProbabilities natural logarithms of probabilities, {@code [B·K, V]}
     * @param state the next state, with the names and shapes of the state passed to the step
     * @param weights share of each source position in the distribution, {@code [B·K, S]}, exactly 0
     *     on padding, if the layer attends to the source; the decoder must then have no attention
     */
    record Step(
        Operand<TFloat32> logProbabilities,
        NamedTensors state,
        Optional<Operand<TFloat32>> weights) {

      /**
       * Checks the shapes that are known.
       *
       * @throws IllegalStateException if a part is null or has another number of axes
       */
      public Step {
        Returned.ofDepth("the result of an output layer's step", logProbabilities, "[B, V]");
        Returned.present("the state of an output layer's step", state);
        Returned.present("the weights of an output layer's step", weights)
            .ifPresent(
                it -> Returned.ofRank("the weights of an output layer's step", it, "[B, S]"));
      }
    }

    /**
     * The results of all steps, stacked over time.
     *
     * @param logProbabilities {@code [B, T, V]}; values beyond each length are undefined, but
     *     finite
     * @param weights {@code [B, T, S]}, 0 beyond each length, present if those of a step are
     */
    record AllSteps(Operand<TFloat32> logProbabilities, Optional<Operand<TFloat32>> weights) {

      /**
       * Checks the shapes that are known.
       *
       * @throws IllegalStateException if a part is null or has another number of axes
       */
      public AllSteps {
        Returned.ofDepth("the result of an output layer", logProbabilities, "[B, T, V]");
        Returned.present("the weights of an output layer", weights)
            .ifPresent(it -> Returned.ofRank("the weights of an output layer", it, "[B, T, S]"));
      }
    }
  }
}
