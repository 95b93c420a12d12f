package org.seq4j.runtime.search;

/**
 * A model as a search uses it: rows of hypotheses, each extended by one token per step. The step
 * function owns the state of the rows in native memory until {@link #close()}.
 *
 * <p>There are {@code hypothesesPerSource()} rows for each active source, grouped by source: row
 * {@code s * hypothesesPerSource() + k} is hypothesis {@code k} of the {@code s}th active source.
 * Before the first step all rows of a source are equal.
 */
public interface StepFunction extends AutoCloseable {

  /** The number of active sources. */
  int sources();

  /** The number of rows of each source, a constant. */
  int hypothesesPerSource();

  /**
   * Extends every row by one token.
   *
   * @param keep active sources that stay active, as increasing indices into those of the previous
   *     step; the rows of other sources are dropped
   * @param parents for each of the {@code keep.length * hypothesesPerSource()} new rows, the row of
   *     the previous step that it continues, of the same source
   * @param inputs for each new row, the id of the token that extends it; the begin token at the
   *     first step
   * @param candidates number of best next tokens to return for each row; fewer are returned for a
   *     smaller vocabulary
   * @param wanted ids of other tokens whose probabilities are requested, {@code [rows][wanted]}
   * @return for each new row, its best next tokens
   */
  Candidates step(int[] keep, int[] parents, int[] inputs, int candidates, int[][] wanted);

  /** Extends every row by one token, without requests for other tokens. */
  default Candidates step(int[] keep, int[] parents, int[] inputs, int candidates) {
    return step(keep, parents, inputs, candidates, new int[inputs.length][0]);
  }

  /** Frees the native memory. */
  @Override
  void close();

  /**
   * The best next tokens of each row, best first; of equal ones, the lower id first.
   *
   * @param tokens token ids, {@code [rows][candidates]}
   * @param logProbabilities natural logarithms of their probabilities, {@code [rows][candidates]};
   *     negative infinity for tokens that can never be generated
   * @param attention attention weights of each row in this step, {@code [rows][source positions]};
   *     rows are empty if the model has no attention or weights were not requested
   * @param wanted natural logarithms of the probabilities of the requested tokens, {@code
   *     [rows][wanted]}
   */
  record Candidates(
      int[][] tokens, float[][] logProbabilities, float[][] attention, float[][] wanted) {}
}
