package org.seq4j.runtime.inference;

import java.util.Arrays;
import java.util.List;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.Search;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchTask;
import org.seq4j.runtime.search.StepFunction;

/** Predicts targets of tokens, which a search finds step by step. */
public sealed interface TokenPredictor extends Predictor
    permits GraphTokenPredictor, EnsemblePredictor {

  /**
   * Adds the ops that a model is used with to a graph, all of them in 32 bits.
   *
   * @throws IllegalArgumentException if its targets are vectors
   */
  static TokenPredictor of(Seq2SeqModel model, ModelGraph graph) {
    return of(model, graph, Precision.F32);
  }

  /**
   * Adds the ops that a model is used with to a graph.
   *
   * @param steps the precision in which steps of a search multiply by weights; sources are encoded,
   *     and given targets scored, in 32 bits
   * @throws IllegalArgumentException if its targets are vectors
   */
  static TokenPredictor of(Seq2SeqModel model, ModelGraph graph, Precision steps) {
    return GraphTokenPredictor.of(model, graph, steps);
  }

  /**
   * Whether the model copies tokens of the source. If so, sources have to tell what can be copied,
   * see {@link org.seq4j.core.text.TokenIds}, and hypotheses may have ids beyond the vocabulary.
   */
  boolean copies();

  /**
   * Encodes sources for steps over their targets.
   *
   * @param hypothesesPerSource the number of rows of each source
   * @param withAttention whether steps answer attention weights; of an ensemble their mean, or
   *     those of the first model where its models read sources of other lengths
   */
  StepFunction start(Sources sources, int hypothesesPerSource, boolean withAttention);

  /**
   * Searches for likely targets. Each thread searches for those of some sources.
   *
   * @param tasks for each source what is to be found
   * @param withAttention whether hypotheses have attention weights
   * @return for each source what {@link Search#search} finds
   * @throws IllegalStateException if the model gives NaN for a probability: it has diverged
   */
  default List<List<Hypothesis>> search(
      Sources sources, List<SearchTask> tasks, SearchConfig config, boolean withAttention) {
    Search search = Search.of(config);
    boolean attention = withAttention || config.needsAttention();
    return ParallelBatches.of(threads())
        .map(
            sources.first(),
            (part, indices) -> {
              List<SearchTask> some = Arrays.stream(indices).mapToObj(tasks::get).toList();
              try (StepFunction steps =
                  start(sources.select(indices), search.hypothesesPerSource(), attention)) {
                return search.search(steps, some, Vocabulary.BEGIN, Vocabulary.END);
              }
            });
  }

  /**
   * Searches for likely targets up to lengths, without rules.
   *
   * @param maxLengths for each source the maximum number of tokens, the end not counted
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
