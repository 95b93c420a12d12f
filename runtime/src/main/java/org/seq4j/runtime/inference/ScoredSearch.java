package org.seq4j.runtime.inference;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.codec.NoSourceCodec;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.LanguageModelConfig;
import org.seq4j.runtime.search.LogLinearSteps;
import org.seq4j.runtime.search.ScorerSteps;
import org.seq4j.runtime.search.Search;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchTask;
import org.seq4j.runtime.search.StepFunction;
import org.seq4j.runtime.search.StepScorer;

/**
 * A search with a model and all that scores hypotheses beside it. The score of a hypothesis is the
 * weighted sum of all scores.
 *
 * @param config a search that the predictor supports
 * @param languageModel the language model that the search names, if any
 */
public record ScoredSearch(
    TokenPredictor predictor, SearchConfig config, Optional<TokenPredictor> languageModel) {
  private static final int END = Vocabulary.END;

  /**
   * Encodes sources and returns the steps over their targets, for the number of rows of the search.
   *
   * @param withAttention true if steps return attention weights
   */
  public StepFunction start(Sources sources, boolean withAttention) {
    int rows = Search.of(config).hypothesesPerSource();
    StepFunction own = ofModel(sources, rows, withAttention);
    if (languageModel.isEmpty() || weightOfLanguageModel() == 0) {
      return own;
    }
    try {
      return sum(own, 1, List.of(ofLanguageModel(languageModel.get(), sources.size(), rows)));
    } catch (RuntimeException | Error e) {
      own.close();
      throw e;
    }
  }

  private double weightOfLanguageModel() {
    return config.languageModel().map(LanguageModelConfig::weight).orElse(0.0);
  }

  private LogLinearSteps.Term ofLanguageModel(TokenPredictor model, int sources, int rows) {
    Sources none = Sources.of(Collections.nCopies(sources, NoSourceCodec.encoded()));
    return new LogLinearSteps.Term(
        new StepScorer(model.start(none, rows, false), model.vocabulary()),
        weightOfLanguageModel());
  }

  private StepFunction ofModel(Sources sources, int rows, boolean withAttention) {
    if (config.ctc().isAlone()) {
      return byCtcAlone(sources, rows);
    }
    if (!config.ctc().isUsed()) {
      return predictor.start(sources, rows, withAttention);
    }
    TokenPredictor.ModelSteps own = predictor.startWithCtc(sources, rows, withAttention);
    double weight = config.ctc().weight();
    return sum(own.steps(), 1 - weight, weighted(own.ctc(), weight));
  }

  private StepFunction sum(StepFunction steps, double weight, List<LogLinearSteps.Term> terms) {
    return new LogLinearSteps(steps, weight, terms, config.preBeam(), END);
  }

  /** The decoder is not computed: the first scorer proposes tokens from all. */
  private StepFunction byCtcAlone(Sources sources, int rows) {
    List<LogLinearSteps.Term> terms = predictor.ctc(sources);
    StepFunction first =
        ScorerSteps.of(terms.get(0).scorer(), predictor.vocabulary(), sources.size(), rows);
    return terms.size() == 1
        ? first
        : sum(first, terms.get(0).weight(), terms.subList(1, terms.size()));
  }

  private static List<LogLinearSteps.Term> weighted(
      List<LogLinearSteps.Term> terms, double weight) {
    return terms.stream()
        .map(term -> new LogLinearSteps.Term(term.scorer(), weight * term.weight()))
        .toList();
  }

  /**
   * Searches for likely targets; threads process batches of sources in parallel. See {@link
   * TokenPredictor#search(Sources, List, SearchConfig, boolean)}.
   */
  public List<List<Hypothesis>> search(
      Sources sources, List<SearchTask> tasks, boolean withAttention) {
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
