package org.seq4j.runtime.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.StepFunction;

/** Scores given targets by the steps of a search. */
final class ForcedSteps {
  private static final SearchConfig CTC_ALONE = SearchConfig.greedy().with("ctc.weight", 1);

  private ForcedSteps() {}

  /** Scores targets by CTC alone. */
  static List<Metric.ForcedScore> byCtc(
      TokenPredictor predictor, Sources sources, List<? extends SequenceData> targets) {
    ScoredSearch search = new ScoredSearch(predictor, CTC_ALONE, Optional.empty());
    return score(predictor.threads(), sources, targets, some -> search.start(some, false));
  }

  /**
   * Scores targets; threads process batches in parallel.
   *
   * @param start creates the step function of sources, with one row for each
   */
  static List<Metric.ForcedScore> score(
      int threads,
      Sources sources,
      List<? extends SequenceData> targets,
      Function<Sources, StepFunction> start) {
    return ParallelBatches.of(threads)
        .map(
            sources.first(),
            (part, indices) -> {
              List<TokenIds> some =
                  Arrays.stream(indices).mapToObj(i -> (TokenIds) targets.get(i)).toList();
              try (StepFunction steps = start.apply(sources.select(indices))) {
                return score(steps, some);
              }
            });
  }

  private static List<Metric.ForcedScore> score(StepFunction steps, List<TokenIds> targets) {
    int rows = targets.size();
    double[] sums = new double[rows];
    int[] correct = new int[rows];
    int longest = targets.stream().mapToInt(TokenIds::length).max().orElse(0);
    int[] all = IntStream.range(0, rows).toArray();
    int[] inputs = new int[rows];
    Arrays.fill(inputs, Vocabulary.BEGIN);
    for (int t = 0; t <= longest; t++) {
      int[][] next = new int[rows][1];
      for (int row = 0; row < rows; row++) {
        int[] ids = targets.get(row).ids();
        next[row][0] = t < ids.length ? ids[t] : Vocabulary.END;
      }
      StepFunction.Candidates given = steps.step(all, all, inputs, 1, next);
      for (int row = 0; row < rows; row++) {
        if (t <= targets.get(row).length()) {
          sums[row] += given.wanted()[row][0];
          correct[row] += given.tokens()[row][0] == next[row][0] ? 1 : 0;
        }
        inputs[row] = next[row][0];
      }
    }
    return IntStream.range(0, rows)
        .mapToObj(
            row -> new Metric.ForcedScore(sums[row], targets.get(row).length() + 1, correct[row]))
        .toList();
  }
}
