package org.seq4j.runtime.search;

import java.util.List;

/**
 * A target sequence that a search found.
 *
 * @param tokens token ids, without begin and end
 * @param score natural logarithm of the probability under the model: the sum over the tokens and,
 *     if finished, the end token
 * @param rankScore score for ranking hypotheses: {@code score} after rules and length
 *     normalization; see {@link SearchConfig}
 * @param ending reason why there is no further token
 * @param attention attention weights of each token, {@code [tokens][source positions]}, including
 *     padded positions if the step function reports them; {@code [0][]} if it reports no weights
 */
public record Hypothesis(
    List<Integer> tokens, double score, double rankScore, Ending ending, float[][] attention) {

  /** Copies the tokens. */
  public Hypothesis {
    tokens = List.copyOf(tokens);
  }

  /** Returns true if the hypothesis ends with the end token. */
  public boolean finished() {
    return ending == Ending.END;
  }
}
