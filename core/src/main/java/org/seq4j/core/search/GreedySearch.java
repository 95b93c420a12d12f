package org.seq4j.core.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes the best symbol at each step, until that is the end. It finds what a {@link BeamSearch} of
 * size 1 finds without length penalty; the penalty here changes the rank score alone.
 */
final class GreedySearch implements Search {
  private final LengthPenalty penalty;

  GreedySearch(LengthPenalty penalty) {
    this.penalty = penalty;
  }

  @Override
  public int hypothesesPerSource() {
    return 1;
  }

  @Override
  public List<List<Hypothesis>> search(StepFunction steps, int[] maxLengths, int begin, int end) {
    Batch batch = Batch.first(steps, 1, maxLengths, begin);
    Path[] paths = new Path[maxLengths.length];
    Arrays.fill(paths, Path.EMPTY);
    Hypothesis[] found = new Hypothesis[maxLengths.length];
    while (batch.sources().length > 0) {
      StepFunction.Candidates best = batch.step(steps, 1);
      for (int row = 0; row < batch.sources().length; row++) {
        int source = batch.sources()[row];
        Path path = paths[source];
        path.check(best.logProbabilities()[row]);
        int symbol = best.symbols()[row][0];
        float logProbability = best.logProbabilities()[row][0];
        if (logProbability == Float.NEGATIVE_INFINITY) {
          found[source] = path.cut(penalty);
        } else if (symbol == end) {
          found[source] = path.finish(logProbability, penalty);
        } else if (path.length() == maxLengths[source]) {
          found[source] = path.cut(penalty);
        } else {
          paths[source] = path.extend(symbol, logProbability, best.attention()[row]);
        }
      }
      batch = next(batch, paths, found);
    }
    return Arrays.stream(found).map(List::of).toList();
  }

  private static Batch next(Batch batch, Path[] paths, Hypothesis[] found) {
    int[] sources = batch.sources();
    int[] keep =
        IntStream.range(0, sources.length).filter(row -> found[sources[row]] == null).toArray();
    int[] kept = Arrays.stream(keep).map(row -> sources[row]).toArray();
    int[] inputs = Arrays.stream(kept).map(source -> paths[source].symbol()).toArray();
    return new Batch(kept, keep, keep, inputs);
  }
}
