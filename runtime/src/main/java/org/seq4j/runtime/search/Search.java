package org.seq4j.runtime.search;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds the target sequences that a model thinks likely.
 *
 * <p>What all searches have in common:
 *
 * <ul>
 *   <li>A hypothesis ends where the end token is among the best continuations that the search
 *       takes. One that has reached the maximum length gets one step more, in which it may only
 *       end: if the end is then not among the continuations that the search takes, it is cut, and
 *       is unfinished. A maximum of L so allows L tokens and the end.
 *   <li>A continuation with a log-probability of negative infinity is never taken, nor one that a
 *       rule forbids. A search left with no other cuts what it has, which is then unfinished.
 *   <li>Among equals the lower token id wins, then the lower row: results are the same on every
 *       run, and do not depend on which sources are searched together.
 *   <li>Rules change what hypotheses are ranked by, never their score.
 * </ul>
 */
public interface Search {

  /** Makes the search that a configuration describes; its rules are a {@link SearchTask}'s. */
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
   * @param steps a step function that has made no step yet; the search makes steps until it needs
   *     none, and leaves it to the caller to close it
   * @param tasks for each source what is to be found
   * @param begin id of the token that generation starts from
   * @param end id of the token that ends a hypothesis
   * @return for each source at least one and at most {@link SearchConfig#nBest()} hypotheses,
   *     finished ones first, of each kind the best first; those of a beam differ
   * @throws IllegalArgumentException if the step function has another number of sources or rows
   * @throws IllegalStateException if the model gives NaN for a probability: it has diverged
   */
  List<List<Hypothesis>> search(StepFunction steps, List<SearchTask> tasks, int begin, int end);

  /** Searches with maximum lengths and no rules; the seed of each source is its index. */
  default List<List<Hypothesis>> search(StepFunction steps, int[] maxLengths, int begin, int end) {
    if (Arrays.stream(maxLengths).anyMatch(length -> length < 0)) {
      throw new IllegalArgumentException(
          "A maximum length is negative: " + Arrays.toString(maxLengths));
    }
    List<SearchTask> tasks =
        IntStream.range(0, maxLengths.length)
            .mapToObj(i -> SearchTask.upTo(maxLengths[i]).withSeed(i))
            .toList();
    return search(steps, tasks, begin, end);
  }
}
