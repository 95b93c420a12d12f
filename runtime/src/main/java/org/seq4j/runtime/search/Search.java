package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds likely target sequences of a model.
 *
 * <p>Common rules of all searches:
 *
 * <ul>
 *   <li>A hypothesis ends if the end token is among the best continuations that the search takes. A
 *       hypothesis of maximum length gets one more step, in which it can only end. If the end token
 *       is then not among the continuations that the search takes, the hypothesis is cut and
 *       unfinished. A maximum of L thus allows L tokens and the end token.
 *   <li>Continuations with a log-probability of negative infinity, and those that a rule forbids,
 *       are never taken. If a hypothesis has no other continuation, it is cut and unfinished.
 *   <li>Of equal continuations, the lower token id comes first, then the lower row: results are
 *       deterministic and do not depend on other sources of the batch.
 *   <li>Rules change the ranking of hypotheses, never their score.
 * </ul>
 */
public interface Search {

  /** Creates the search of a configuration; its rules are in each {@link SearchTask}. */
  static Search of(SearchConfig config) {
    RankingConfig by = config.ranking();
    HypothesisScorer ranking =
        new HypothesisScorer(
            by.lengthNormalization(), by.lengthPenalty(), by.wordReward(), by.coveragePenalty());
    return switch (config.type()) {
      case GREEDY -> new GreedySearch(ranking);
      case BEAM ->
          new BeamSearch(
              config.size(),
              config.nBest(),
              ranking,
              config.diversity().map(DiversityConfig::groups).orElse(1),
              config.diversity().map(DiversityConfig::strength).orElse(0.0));
      case SAMPLING -> new SamplingSearch(config.nBest(), config.sampling(), ranking);
    };
  }

  /** The number of rows that a step function must have for each source. */
  int hypothesesPerSource();

  /**
   * Searches for all sources of a step function at once.
   *
   * @param steps a step function without steps so far; the caller closes it
   * @param tasks the task of each source
   * @param begin id of the begin token
   * @param end id of the end token
   * @return for each source, at least one and at most {@link SearchConfig#nBest()} hypotheses:
   *     finished ones first, best first; the hypotheses of a beam are distinct
   * @throws IllegalArgumentException if the step function has another number of sources or rows
   * @throws IllegalStateException if the model gives NaN for a probability: it has diverged
   */
  List<List<Hypothesis>> search(StepFunction steps, List<SearchTask> tasks, int begin, int end);

  /** Searches with maximum lengths and without rules; the seed of each source is its index. */
  default List<List<Hypothesis>> search(StepFunction steps, int[] maxLengths, int begin, int end) {
    if (Arrays.stream(maxLengths).anyMatch(length -> length < 0)) {
      throw new IllegalArgumentException("negative maximum length: " + Arrays.toString(maxLengths));
    }
    List<SearchTask> tasks =
        IntStream.range(0, maxLengths.length)
            .mapToObj(i -> SearchTask.upTo(maxLengths[i]).withSeed(i))
            .toList();
    return search(steps, tasks, begin, end);
  }
}
