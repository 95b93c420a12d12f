package org.seq4j.core.run;

import java.util.List;

/**
 * What a model makes of a source.
 *
 * @param source the text
 * @param sourceSymbols as the model read it, cut at its longest source
 * @param candidates at least one, the best first
 * @param cut whether the source has more symbols than the model takes, and the rest was not read
 */
public record Translation(
    String source, List<String> sourceSymbols, List<Candidate> candidates, boolean cut) {

  /**
   * One of the things that the model says.
   *
   * @param text as a reader sees it
   * @param symbols what the text was joined from
   * @param score natural logarithm of its probability
   * @param rankScore what it was ranked by: the score after length normalization
   * @param finished whether the model ended it, rather than the largest length
   * @param attention for each symbol where the model looked, {@code [symbols][source symbols]};
   *     empty if it has no attention or its weights were not asked for
   */
  public record Candidate(
      String text,
      List<String> symbols,
      double score,
      double rankScore,
      boolean finished,
      float[][] attention) {}

  /** The best candidate. */
  public Candidate best() {
    return candidates.get(0);
  }
}
