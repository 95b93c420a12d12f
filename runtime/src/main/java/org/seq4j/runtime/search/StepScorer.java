package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.seq4j.core.text.Vocabulary;

/**
 * Scores tokens by the steps of a model.
 *
 * @param steps a step function without steps so far; closing the scorer closes it
 * @param vocabulary number of tokens that the model knows; others, which are copied from a source,
 *     are unknown tokens to it
 */
public record StepScorer(StepFunction steps, int vocabulary) implements TokenScorer {

  @Override
  public float[][] score(int[] keep, int[] parents, int[] inputs, int[][] tokens) {
    int[][] asked = Arrays.stream(tokens).map(this::known).toArray(int[][]::new);
    return steps.step(keep, parents, known(inputs), 1, asked).wanted();
  }

  private int[] known(int[] ids) {
    return IntStream.of(ids).map(id -> id < vocabulary ? id : Vocabulary.UNKNOWN).toArray();
  }

  @Override
  public void close() {
    steps.close();
  }
}
