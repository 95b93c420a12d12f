package org.seq4j.core.search;

import java.util.List;

/**
 * Finds the target sequences that a model thinks likely.
 *
 * <p>What all searches have in common:
 *
 * <ul>
 *   <li>A hypothesis ends where the end symbol is among the best continuations that the search
 *       takes. One that has reached the maximum length gets one step more, in which it may only
 *       end: if the end is then not among the continuations that the search takes, it is cut, and
 *       is unfinished. A maximum of L so allows L symbols and the end.
 *   <li>A continuation with a log-probability of negative infinity is never taken. A search left
 *       with no other cuts what it has, which is then unfinished.
 *   <li>Among equals the lower symbol id wins, then the lower row: results are the same on every
 *       run, and do not depend on which sources are searched together.
 * </ul>
 */
public interface Search {

  /** Makes the search that a configuration describes. */
  static Search of(SearchConfig config) {
    LengthPenalty penalty = new LengthPenalty(config.lengthPenalty());
    return switch (config.type()) {
      case GREEDY -> new GreedySearch(penalty);
      case BEAM -> new BeamSearch(config.size(), config.nBest(), penalty);
    };
  }

  /** How many rows for each source a step function must have for this search. */
  int hypothesesPerSource();

  /**
   * Searches for all sources of a step function at once.
   *
   * @param steps a step function that has made no step yet; the search makes steps until it needs
   *     none, and leaves it to the caller to close it
   * @param maxLengths for each source the largest number of symbols, the end symbol not counted
   * @param begin id of the symbol that generation starts from
   * @param end id of the symbol that ends a hypothesis
   * @return for each source at least one and at most {@link SearchConfig#nBest()} different
   *     hypotheses, finished ones first, of each kind the best first
   * @throws IllegalArgumentException if the step function has another number of sources or rows
   * @throws IllegalStateException if the model gives NaN for a probability: it has diverged
   */
  List<List<Hypothesis>> search(StepFunction steps, int[] maxLengths, int begin, int end);
}
