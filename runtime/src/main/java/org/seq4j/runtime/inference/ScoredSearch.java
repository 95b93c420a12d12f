package org.seq4j.runtime.inference;

import java.util.Arrays;
import java.util.List;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.LogLinearSteps;
import org.seq4j.runtime.search.ScorerSteps;
import org.seq4j.runtime.search.Search;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchTask;
import org.seq4j.runtime.search.StepFunction;

/**
 * A search with a model and all that scores hypotheses beside it. The score of a hypothesis is the
 * weighted sum of all scores.
 *
 * @param config a search that the predictor supports
 */
public record ScoredSearch(TokenPredictor predictor, SearchConfig config) {
  private static final int END = Vocabulary.END;

  /**
   * Encodes sources and returns the steps over their targets, for the number of rows of the search.
   *
   * @param withAttention true if steps return attention weights
   */
  public StepFunction start(Sources sources, boolean withAttention) {
    int rows = Search.of(config).hypothesesPerSource();
    if (config.ctc().isAlone()) {
      return byCtcAlone(sources, rows);
    }
    if (!config.ctc().isUsed()) {
      return predictor.start(sources, rows, withAttention);
    }
    TokenPredictor.ModelSteps own = predictor.startWithCtc(sources, rows, withAttention);
    double weight = config.ctc().weight();
    return new LogLinearSteps(
        own.steps(), 1 - weight, weighted(own.ctc(), weight), config.preBeam(), END);
  }

  /** The decoder is not computed: the first scorer proposes tokens from all. */
  private StepFunction byCtcAlone(Sources sources, int rows) {
    List<LogLinearSteps.Term> terms = predictor.ctc(sources);
    StepFunction first =
        ScorerSteps.of(terms.get(0).scorer(), predictor.vocabulary(), sources.size(), rows);
    return terms.size() == 1
        ? first
        : new LogLinearSteps(
            first, terms.get(0).weight(), terms.subList(1, terms.size()), config.preBeam(), END);
  }

  private static List<LogLinearSteps.Term> weighted(
      List<LogLinearSteps.Term> terms, double weight) {
    return terms.stream()
        .map(term -> new LogLinearSteps.Term(term.scorer(), weight * term.weight()))
        .toList();
  }

  /** Implements {@link TokenPredictor#search(Sources, List, SearchConfig, boolean)}. */
  List<List<Hypothesis>> search(Sources sources, List<SearchTask> tasks, boolean withAttention) {
    Search search = Search.of(config);
    boolean attention = withAttention || config.needsAttention();
    return ParallelBatches.of(predictor.threads())
        .map(
            sources.first(),
            (part, indices) -> {
              List<SearchTask> some = Arrays.stream(indices).mapToObj(tasks::get).toList();
              try (StepFunction steps = start(sources.select(indices), attention)) {
                return search.search(steps, some, Vocabulary.BEGIN, END);
              }
            });
  }
}
