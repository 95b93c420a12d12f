package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Takes the best token at each step until the end token. It finds the hypothesis of a {@link
 * BeamSearch} of size 1 without length normalization; length normalization affects only the rank
 * score.
 */
final class GreedySearch implements Search {
  private final HypothesisScorer ranking;

  GreedySearch(HypothesisScorer ranking) {
    this.ranking = ranking;
  }

  @Override
  public int hypothesesPerSource() {
    return 1;
  }

  @Override
  public List<List<Hypothesis>> search(
      StepFunction steps, List<SearchTask> tasks, int begin, int end) {
    StepInputs batch = StepInputs.first(steps, 1, tasks.size(), begin);
    PartialHypothesis[] paths = new PartialHypothesis[tasks.size()];
    Arrays.fill(paths, PartialHypothesis.EMPTY);
    Hypothesis[] found = new Hypothesis[tasks.size()];
    while (batch.sources().length > 0) {
      List<PartialHypothesis> inPlay =
          Arrays.stream(batch.sources()).mapToObj(source -> paths[source]).toList();
      StepInputs.Stepped stepped = batch.step(steps, 1, inPlay, tasks, end);
      for (int row = 0; row < batch.sources().length; row++) {
        int source = batch.sources()[row];
        PartialHypothesis path = paths[source];
        SearchTask task = tasks.get(source);
        Continuations choices = stepped.choices()[row];
        if (choices.size() == 0 || choices.ranks()[0] == Double.NEGATIVE_INFINITY) {
          found[source] = path.cut(Ending.DEAD_END, ranking, task);
        } else if (choices.tokens()[0] == end) {
          found[source] = path.finish(choices, 0, ranking, task);
        } else if (path.length() == task.maxLength()) {
          found[source] = path.cut(Ending.LENGTH, ranking, task);
        } else {
          paths[source] = path.extend(choices, 0, stepped.attention()[row]);
          if (!task.keepsGoing(paths[source])) {
            found[source] = paths[source].cut(Ending.STOPPED, ranking, task);
          }
        }
      }
      batch = next(batch, paths, found);
    }
    return Arrays.stream(found).map(List::of).toList();
  }

  private static StepInputs next(StepInputs batch, PartialHypothesis[] paths, Hypothesis[] found) {
    int[] sources = batch.sources();
    int[] keep =
        IntStream.range(0, sources.length).filter(row -> found[sources[row]] == null).toArray();
    int[] kept = Arrays.stream(keep).map(row -> sources[row]).toArray();
    int[] inputs = Arrays.stream(kept).map(source -> paths[source].token()).toArray();
    return new StepInputs(kept, keep, keep, inputs);
  }
}
