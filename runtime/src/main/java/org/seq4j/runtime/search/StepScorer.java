package org.seq4j.runtime.search;

/**
 * Scores tokens by the steps of a model.
 *
 * @param steps a step function without steps so far; closing the scorer closes it
 */
public record StepScorer(StepFunction steps) implements TokenScorer {

  @Override
  public float[][] score(int[] keep, int[] parents, int[] inputs, int[][] tokens) {
    return steps.step(keep, parents, inputs, 1, tokens).wanted();
  }

  @Override
  public void close() {
    steps.close();
  }
}
