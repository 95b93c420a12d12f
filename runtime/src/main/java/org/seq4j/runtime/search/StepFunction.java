package org.seq4j.runtime.search;

/**
 * The model as a search sees it: rows of hypotheses that are extended by one token a step. The
 * state behind the rows (native memory) belongs to the step function until {@link #close()}.
 *
 * <p>There are {@code hypothesesPerSource()} rows for each source still in play, source after
 * source: row {@code s * hypothesesPerSource() + k} is hypothesis {@code k} of the {@code s}th
 * source in play. Before the first step all rows of a source are the same.
 */
public interface StepFunction extends AutoCloseable {

  /** The number of sources in play. */
  int sources();

  /** The number of rows of each source, which stays the same. */
  int hypothesesPerSource();

  /**
   * Extends every row by one token.
   *
   * @param keep which of the sources in play stay, as increasing indexes into those of the step
   *     before; the rows of the others are gone
   * @param parents for each new row (there are {@code keep.length * hypothesesPerSource()}) the row
   *     of the step before that it continues, of the same source
   * @param inputs for each new row the id of the token that it is extended by: the begin token at
   *     the first step
   * @param candidates how many of the best next tokens to return for each row; fewer come back
   *     where the vocabulary is smaller
   * @param wanted ids of other tokens whose probabilities are asked for, {@code [rows][wanted]}
   * @return for each new row its best next tokens
   */
  Candidates step(int[] keep, int[] parents, int[] inputs, int candidates, int[][] wanted);

  /** Extends every row by one token, with no other tokens asked for. */
  default Candidates step(int[] keep, int[] parents, int[] inputs, int candidates) {
    return step(keep, parents, inputs, candidates, new int[inputs.length][0]);
  }

  /** Frees the state. */
  @Override
  void close();

  /**
   * The best next tokens of each row, best first, and the lower id first among equals.
   *
   * @param tokens ids, {@code [rows][candidates]}
   * @param logProbabilities natural logarithms of their probabilities, {@code [rows][candidates]};
   *     negative infinity for tokens that can never be generated
   * @param attention the weights of each row in this step, {@code [rows][source positions]}; a row
   *     is empty where the model has no attention or its weights were not asked for
   * @param wanted natural logarithms of the probabilities of what was asked for, {@code
   *     [rows][wanted]}
   */
  record Candidates(
      int[][] tokens, float[][] logProbabilities, float[][] attention, float[][] wanted) {}
}
