package org.seq4j.runtime.search;

import java.util.List;

/**
 * A target sequence that a search found.
 *
 * @param tokens ids of its tokens, without begin and end
 * @param score natural logarithm of the probability that the model gives it: the sum over its
 *     tokens and, if finished, the end token
 * @param rankScore the score by which hypotheses are ranked: {@code score}, changed by the rules of
 *     the search, and after length normalization; see {@link SearchConfig}
 * @param ending why it has no further token
 * @param attention the weights of each token, {@code [tokens][source positions]}, over as many
 *     positions as the step function reports (padding included); {@code [0][]} if it reports none
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
