package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.EnsembleSteps;
import org.seq4j.runtime.search.Hypothesis;
import org.seq4j.runtime.search.Search;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.search.SearchTask;
import org.seq4j.runtime.search.StepFunction;

/**
 * Models that say a target together: at each step the probability of a symbol is the weighted mean
 * of what they give it. They have one target vocabulary; all else may differ. Thread-safe; the
 * graphs stay the caller's to close.
 */
public final class EnsemblePredictor {
  private static final int BATCH = 64; // sources that go through the models together

  private final List<InferenceGraph> members;
  private final double[] weights;

  /**
   * Puts models together.
   *
   * @param members at least one, of targets of symbols; none copies
   * @param weights for each a positive number; they are divided by their sum
   * @throws RequestException if they cannot go together
   */
  public EnsemblePredictor(List<InferenceGraph> members, double[] weights) {
    if (members.isEmpty() || weights.length != members.size()) {
      throw new IllegalArgumentException(
          "%d models with %d weights: expected a weight for each of one or more"
              .formatted(members.size(), weights.length));
    }
    double sum = Arrays.stream(weights).sum();
    if (!Double.isFinite(sum) || Arrays.stream(weights).anyMatch(weight -> !(weight > 0))) {
      throw new RequestException(
          "weights: expected positive numbers, got " + Arrays.toString(weights));
    }
    for (InferenceGraph member : members) {
      if (member.stepping == null || member.copies()) {
        throw new RequestException(
            "models that give vectors, or copy symbols of the source, cannot be used together");
      }
    }
    this.members = List.copyOf(members);
    this.weights = Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }

  /**
   * Reads sources and makes ready to generate symbols.
   *
   * @param sources for each model all sources, as it reads them
   * @param hypothesesPerSource how many rows each source gets
   * @param withAttention whether steps report where they looked: the mean, or what the first model
   *     looked at where sources are not of the same length for all
   */
  public StepFunction start(
      List<? extends List<? extends SequenceData>> sources,
      int hypothesesPerSource,
      boolean withAttention) {
    return steps(sources, hypothesesPerSource, withAttention);
  }

  private EnsembleSteps steps(
      List<? extends List<? extends SequenceData>> sources, int hypotheses, boolean withAttention) {
    List<StepFunction> steps = new ArrayList<>();
    try {
      for (int i = 0; i < members.size(); i++) {
        steps.add(members.get(i).start(sources.get(i), hypotheses, withAttention));
      }
      return new EnsembleSteps(steps, members.get(0).symbols, weights);
    } catch (RuntimeException | Error e) {
      steps.forEach(StepFunction::close);
      throw e;
    }
  }

  /**
   * Finds likely targets, as {@link InferenceGraph#search} does.
   *
   * @param sources for each model all sources, as it reads them
   * @param tasks for each source what is to be found
   */
  public List<List<Hypothesis>> search(
      List<? extends List<? extends SequenceData>> sources,
      List<SearchTask> tasks,
      SearchConfig config,
      boolean withAttention) {
    Search search = Search.of(config);
    boolean looks = withAttention || config.needsAttention();
    return new ParallelBatches(threads(), BATCH)
        .map(
            sources.get(0),
            (part, indices) -> {
              List<SearchTask> some = Arrays.stream(indices).mapToObj(tasks::get).toList();
              try (StepFunction steps =
                  start(of(sources, indices), search.hypothesesPerSource(), looks)) {
                return search.search(steps, some, Vocabulary.BEGIN, Vocabulary.END);
              }
            });
  }

  /**
   * What the models say of given targets, as {@link InferenceGraph#force} does.
   *
   * @param sources for each model all sources, as it reads them
   */
  public List<Metric.ForcedScore> force(
      List<? extends List<? extends SequenceData>> sources, List<? extends SequenceData> targets) {
    return new ParallelBatches(threads(), BATCH)
        .map(
            sources.get(0),
            (part, indices) ->
                forcePart(
                    of(sources, indices),
                    Arrays.stream(indices).mapToObj(i -> (TokenIds) targets.get(i)).toList()));
  }

  private int threads() {
    return members.get(0).graph.threads();
  }

  private static List<List<SequenceData>> of(
      List<? extends List<? extends SequenceData>> sources, int[] indices) {
    List<List<SequenceData>> parts = new ArrayList<>();
    for (List<? extends SequenceData> all : sources) {
      parts.add(Arrays.stream(indices).<SequenceData>mapToObj(all::get).toList());
    }
    return parts;
  }

  private List<Metric.ForcedScore> forcePart(
      List<List<SequenceData>> sources, List<TokenIds> targets) {
    int rows = targets.size();
    double[] sums = new double[rows];
    int[] right = new int[rows];
    int longest = targets.stream().mapToInt(TokenIds::length).max().orElse(0);
    int[] all = IntStream.range(0, rows).toArray();
    int[] inputs = new int[rows];
    Arrays.fill(inputs, Vocabulary.BEGIN);
    try (EnsembleSteps steps = steps(sources, 1, false)) {
      for (int t = 0; t <= longest; t++) {
        float[][] logProbabilities = steps.all(all, all, inputs);
        for (int row = 0; row < rows; row++) {
          int[] ids = targets.get(row).ids();
          if (t <= ids.length) {
            int symbol = t < ids.length ? ids[t] : Vocabulary.END;
            sums[row] += logProbabilities[row][symbol];
            right[row] += isBest(logProbabilities[row], symbol) ? 1 : 0;
            inputs[row] = symbol;
          }
        }
      }
    }
    return IntStream.range(0, rows)
        .mapToObj(
            row -> new Metric.ForcedScore(sums[row], targets.get(row).length() + 1, right[row]))
        .toList();
  }

  /** Whether nothing is more likely, nor as likely with a lower id. */
  private static boolean isBest(float[] logProbabilities, int symbol) {
    for (int other = 0; other < logProbabilities.length; other++) {
      boolean before =
          other < symbol
              ? logProbabilities[other] >= logProbabilities[symbol]
              : logProbabilities[other] > logProbabilities[symbol];
      if (before) {
        return false;
      }
    }
    return true;
  }
}
