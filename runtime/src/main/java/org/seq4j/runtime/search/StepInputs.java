package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The arguments of a search's next step.
 *
 * @param sources the sources in play, as indexes into all
 * @param keep the same as indexes into those of the step before
 * @param parents for each row the row of the step before that it continues
 * @param inputs for each row the token that it is extended by
 */
record StepInputs(int[] sources, int[] keep, int[] parents, int[] inputs) {

  private static final int[] NONE = {};

  /** The first step: all sources, each row its own parent. */
  static StepInputs first(StepFunction steps, int hypotheses, int sources, int begin) {
    if (steps.hypothesesPerSource() != hypotheses || steps.sources() != sources) {
      throw new IllegalArgumentException(
          "The search needs %d sources with %d rows each, but the step function has %d with %d"
              .formatted(sources, hypotheses, steps.sources(), steps.hypothesesPerSource()));
    }
    int rows = sources * hypotheses;
    int[] inputs = new int[rows];
    Arrays.fill(inputs, begin);
    return new StepInputs(
        IntStream.range(0, sources).toArray(),
        IntStream.range(0, sources).toArray(),
        IntStream.range(0, rows).toArray(),
        inputs);
  }

  /**
   * What a step gave.
   *
   * @param choices the continuations of each row, after rules
   * @param attention where each row looked
   */
  record Stepped(Continuations[] choices, float[][] attention) {}

  /**
   * Makes the step.
   *
   * @param candidates how many of the best continuations a row needs
   * @param paths for each row what it has said; null if that is of no interest
   * @param tasks of all sources
   * @param end id of the token that ends a hypothesis
   * @throws IllegalStateException if the model gives NaN for a row that has a path
   */
  Stepped step(
      StepFunction steps,
      int candidates,
      List<PartialHypothesis> paths,
      List<SearchTask> tasks,
      int end) {
    int rows = inputs.length;
    int perSource = rows / sources.length;
    AdjustedTokens[] next = new AdjustedTokens[rows];
    int[][] wanted = new int[rows][];
    int most = 0;
    int changed = 0;
    Arrays.fill(wanted, NONE);
    for (int row = 0; row < rows; row++) {
      PartialHypothesis path = paths.get(row);
      next[row] = path == null ? null : tasks.get(sources[row / perSource]).after(path, end);
      if (next[row] != null) {
        wanted[row] = next[row].wanted().stream().mapToInt(id -> id).sorted().toArray();
        most = Math.max(most, wanted[row].length);
        changed = Math.max(changed, next[row].changed());
      }
    }
    if (most > 0) {
      for (int row = 0; row < rows; row++) {
        wanted[row] = Arrays.copyOf(wanted[row], most);
      }
    }
    int needed = candidates > Integer.MAX_VALUE - changed ? candidates : candidates + changed;
    StepFunction.Candidates given = steps.step(keep, parents, inputs, needed, wanted);
    Continuations[] choices = new Continuations[rows];
    for (int row = 0; row < rows; row++) {
      if (paths.get(row) != null) {
        paths.get(row).check(given.logProbabilities()[row]);
        choices[row] = Continuations.of(given, row, next[row], wanted[row]);
      }
    }
    return new Stepped(choices, given.attention());
  }
}
