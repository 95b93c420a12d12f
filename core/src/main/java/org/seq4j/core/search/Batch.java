package org.seq4j.core.search;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The arguments of a search's next step.
 *
 * @param sources the sources in play, as indexes into all
 * @param keep the same as indexes into those of the step before
 * @param parents for each row the row of the step before that it continues
 * @param inputs for each row the symbol that it is extended by
 */
record Batch(int[] sources, int[] keep, int[] parents, int[] inputs) {

  /** The first step: all sources, each row its own parent. */
  static Batch first(StepFunction steps, int hypotheses, int[] maxLengths, int begin) {
    if (steps.hypothesesPerSource() != hypotheses || steps.sources() != maxLengths.length) {
      throw new IllegalArgumentException(
          "The search needs %d sources with %d rows each, but the step function has %d with %d"
              .formatted(
                  maxLengths.length, hypotheses, steps.sources(), steps.hypothesesPerSource()));
    }
    for (int maxLength : maxLengths) {
      if (maxLength < 0) {
        throw new IllegalArgumentException("A maximum length is negative: " + maxLength);
      }
    }
    int[] sources = IntStream.range(0, maxLengths.length).toArray();
    int rows = maxLengths.length * hypotheses;
    int[] inputs = new int[rows];
    Arrays.fill(inputs, begin);
    return new Batch(sources, sources, IntStream.range(0, rows).toArray(), inputs);
  }

  StepFunction.Candidates step(StepFunction steps, int candidates) {
    return steps.step(keep, parents, inputs, candidates);
  }
}
