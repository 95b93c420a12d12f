package org.seq4j.runtime.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.search.CtcScorer;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.LogLinearSteps;
import org.seq4j.runtime.search.Search;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchTask;
import org.seq4j.runtime.search.StepFunction;

/** Predicts targets of tokens by a search. */
public sealed interface TokenPredictor extends Predictor
    permits GraphTokenPredictor, EnsemblePredictor {

  /**
   * Adds the inference ops of a model to a graph, in 32 bits.
   *
   * @throws IllegalArgumentException if its targets are vectors
   */
  static TokenPredictor of(Seq2SeqModel model, ModelGraph graph) {
    return of(model, graph, Precision.F32);
  }

  /**
   * Adds the inference ops of a model to a graph.
   *
   * @param steps precision of products with weights in steps of a search; encoding and scoring use
   *     32 bits
   * @throws IllegalArgumentException if its targets are vectors
   */
  static TokenPredictor of(Seq2SeqModel model, ModelGraph graph, Precision steps) {
    return GraphTokenPredictor.of(model, graph, steps);
  }

  /**
   * Returns true if the model copies source tokens. Sources then need extended ids, see {@link
   * org.seq4j.core.text.TokenIds}, and hypotheses may have ids beyond the vocabulary.
   */
  boolean copies();

  /** The number of tokens of the target vocabulary. */
  int vocabulary();

  /** Returns true if the model has CTC posteriors; for an ensemble, if all its models have. */
  boolean hasCtc();

  /** Returns true if CTC is used instead of the decoder: to search, and to score given targets. */
  boolean isCtcAlone();

  /**
   * Steps of a model without scores of CTC, and scorers of CTC, whose weights sum to 1.
   *
   * @param steps the steps; the scorers have no native memory
   */
  record ModelSteps(StepFunction steps, List<LogLinearSteps.Term> ctc) {}

  /** Like {@link #start}, with CTC scorers for the same rows, from the same encoder outputs. */
  ModelSteps startWithCtc(Sources sources, int hypothesesPerSource, boolean withAttention);

  /**
   * Computes the CTC posteriors of sources; for an ensemble, those of its first model. Threads
   * process batches in parallel.
   */
  List<CtcScorer.Posteriors> posteriors(Sources sources);

  /** Encodes sources for a search by CTC alone. */
  List<LogLinearSteps.Term> ctc(Sources sources);

  /**
   * Encodes sources and returns a step function over their targets.
   *
   * @param hypothesesPerSource number of rows per source
   * @param withAttention whether steps return attention weights; for an ensemble their mean, or
   *     those of the first model if its models have sources of different lengths
   */
  StepFunction start(Sources sources, int hypothesesPerSource, boolean withAttention);

  /**
   * Searches for likely targets without a language model; threads process batches of sources in
   * parallel.
   *
   * @param tasks the search task of each source
   * @param withAttention whether hypotheses have attention weights
   * @return for each source, the hypotheses found by {@link Search#search}
   * @throws IllegalStateException if the model gives NaN for a probability: it has diverged
   */
  default List<List<Hypothesis>> search(
      Sources sources, List<SearchTask> tasks, SearchConfig config, boolean withAttention) {
    return new ScoredSearch(this, config, Optional.empty()).search(sources, tasks, withAttention);
  }

  /**
   * Searches for likely targets with maximum lengths and without rules.
   *
   * @param maxLengths for each source, the maximum number of tokens without the end token
   */
  default List<List<Hypothesis>> search(
      Sources sources, int[] maxLengths, SearchConfig config, boolean withAttention) {
    return search(
        sources,
        Arrays.stream(maxLengths).mapToObj(SearchTask::upTo).toList(),
        config,
        withAttention);
  }
}
