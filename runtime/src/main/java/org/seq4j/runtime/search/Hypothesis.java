package org.seq4j.runtime.search;

import java.util.List;

/**
 * A target sequence that a search found.
 *
 * @param symbols ids of its symbols, without begin and end
 * @param score natural logarithm of the probability that the model gives it: the sum over its
 *     symbols and, if finished, the end symbol
 * @param rankScore the score by which hypotheses are ranked: {@code score}, changed by the rules of
 *     the search, and after length normalization; see {@link SearchConfig}
 * @param ending why it has no further symbol
 * @param attention where the model looked to generate each symbol, {@code [symbols][source
 *     positions]}, over as many positions as the step function reports (padding included); {@code
 *     [0][]} if it reports none
 */
public record Hypothesis(
    List<Integer> symbols, double score, double rankScore, Ending ending, float[][] attention) {

  /** Takes the symbols as they are now. */
  public Hypothesis {
    symbols = List.copyOf(symbols);
  }

  /** Whether the model ended it. */
  public boolean finished() {
    return ending == Ending.END;
  }
}
