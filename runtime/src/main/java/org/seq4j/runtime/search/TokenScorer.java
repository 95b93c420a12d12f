package org.seq4j.runtime.search;

/**
 * Scores given next tokens of hypotheses. Rows are those of a {@link StepFunction}, and so are the
 * calls: a scorer receives the same rows at each step. It owns the state of the rows until {@link
 * #close()}.
 */
public interface TokenScorer extends AutoCloseable {

  /**
   * Extends every row by one token and scores next tokens of each.
   *
   * @param keep active sources that stay active, see {@link StepFunction#step}
   * @param parents for each new row, the row of the previous step that it continues
   * @param inputs for each new row, the id of the token that extends it; the begin token at the
   *     first step
   * @param tokens ids of the tokens to score, the same number for each row, {@code [rows][N]}
   * @return natural logarithms, at most 0, {@code [rows][N]}; negative infinity for tokens that
   *     cannot follow
   */
  float[][] score(int[] keep, int[] parents, int[] inputs, int[][] tokens);

  /** Frees native memory. */
  @Override
  void close();
}
