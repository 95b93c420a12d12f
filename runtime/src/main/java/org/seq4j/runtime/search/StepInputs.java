package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The inputs of the next step of a search.
 *
 * @param sources active sources, as indices into all sources
 * @param keep active sources, as indices into those of the previous step
 * @param parents for each row, the row of the previous step that it continues
 * @param inputs for each row, the token that extends it
 */
record StepInputs(int[] sources, int[] keep, int[] parents, int[] inputs) {

  private static final int[] NONE = {};

  /** Returns the inputs of the first step: all sources; each row is its own parent. */
  static StepInputs first(StepFunction steps, int hypotheses, int sources, int begin) {
    if (steps.hypothesesPerSource() != hypotheses || steps.sources() != sources) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the search needs %d sources with %d rows each, but the step function has %d"
                  + " with %d",
              sources,
              hypotheses,
              steps.sources(),
              steps.hypothesesPerSource()));
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
   * The result of a step.
   *
   * @param choices continuations of each row, after rules
   * @param attention attention weights of each row
   */
  record Stepped(Continuations[] choices, float[][] attention) {}

  /**
   * Runs the step.
   *
   * @param candidates number of best continuations that a row needs
   * @param paths hypothesis of each row; null if the row is ignored
   * @param tasks tasks of all sources
   * @param end id of the end token
   * @throws IllegalStateException if the model gives NaN for a row that is not ignored
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
