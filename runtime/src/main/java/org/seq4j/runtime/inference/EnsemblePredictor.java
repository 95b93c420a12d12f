package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.TokenIds;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.EnsembleSteps;
import org.seq4j.runtime.search.StepFunction;

/**
 * An ensemble that predicts targets of tokens: at each step the probability of a token is the
 * weighted mean of the models' probabilities. The target vocabularies must be equal; all else may
 * differ.
 */
public final class EnsemblePredictor implements TokenPredictor {
  private final List<GraphTokenPredictor> members;
  private final double[] weights;

  private EnsemblePredictor(List<GraphTokenPredictor> members, double[] weights) {
    this.members = members;
    this.weights = weights;
  }

  /**
   * Creates an ensemble.
   *
   * @param members at least one model; each predicts tokens and does not copy
   * @param weights a positive number for each model; they are normalized to sum 1
   * @throws RequestException if the models cannot form an ensemble
   */
  public static EnsemblePredictor of(List<? extends Predictor> members, double[] weights) {
    if (members.isEmpty() || weights.length != members.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d models with %d weights: expected a weight for each of one or more",
              members.size(),
              weights.length));
    }
    double sum = Arrays.stream(weights).sum();
    if (!Double.isFinite(sum) || Arrays.stream(weights).anyMatch(weight -> !(weight > 0))) {
      throw new RequestException(
          "weights: expected positive numbers, got " + Arrays.toString(weights));
    }
    return new EnsemblePredictor(
        members.stream().map(EnsemblePredictor::member).toList(),
        Arrays.stream(weights).map(weight -> weight / sum).toArray());
  }

  private static GraphTokenPredictor member(Predictor model) {
    if (model instanceof GraphTokenPredictor tokens && !tokens.copies()) {
      return tokens;
    }
    throw new RequestException(
        "an ensemble needs models that predict tokens and do not copy source tokens");
  }

  @Override
  public int threads() {
    return members.get(0).threads();
  }

  @Override
  public boolean hasAttention() {
    return members.get(0).hasAttention();
  }

  @Override
  public int stride() {
    return members.get(0).stride();
  }

  @Override
  public boolean copies() {
    return false;
  }

  @Override
  public List<float[][]> encode(Sources sources) {
    return members.get(0).encode(Sources.of(sources.first()));
  }

  @Override
  public void checkAlignment() {
    throw notAligned();
  }

  @Override
  public List<ForcedTarget> align(Sources sources, List<? extends SequenceData> targets) {
    throw notAligned();
  }

  private static RequestException notAligned() {
    return new RequestException("alignment: needs a single model, not an ensemble");
  }

  @Override
  public StepFunction start(Sources sources, int hypothesesPerSource, boolean withAttention) {
    return steps(sources, hypothesesPerSource, withAttention);
  }

  private EnsembleSteps steps(Sources sources, int hypotheses, boolean withAttention) {
    sources.checkModels(members.size());
    List<StepFunction> steps = new ArrayList<>();
    try {
      for (int i = 0; i < members.size(); i++) {
        Sources ofMember = Sources.of(sources.byModel().get(i));
        steps.add(members.get(i).start(ofMember, hypotheses, withAttention));
      }
      return new EnsembleSteps(steps, members.get(0).vocabulary(), weights);
    } catch (RuntimeException | Error e) {
      steps.forEach(StepFunction::close);
      throw e;
    }
  }

  @Override
  public List<Metric.ForcedScore> force(Sources sources, List<? extends SequenceData> targets) {
    return ParallelBatches.of(threads())
        .map(
            sources.first(),
            (part, indices) ->
                forcePart(
                    sources.select(indices),
                    Arrays.stream(indices).mapToObj(i -> (TokenIds) targets.get(i)).toList()));
  }

  private List<Metric.ForcedScore> forcePart(Sources sources, List<TokenIds> targets) {
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
            int token = t < ids.length ? ids[t] : Vocabulary.END;
            sums[row] += logProbabilities[row][token];
            right[row] += isBest(logProbabilities[row], token) ? 1 : 0;
            inputs[row] = token;
          }
        }
      }
    }
    return IntStream.range(0, rows)
        .mapToObj(
            row -> new Metric.ForcedScore(sums[row], targets.get(row).length() + 1, right[row]))
        .toList();
  }

  /** Returns true if no token is more likely, and no equally likely one has a lower id. */
  private static boolean isBest(float[] logProbabilities, int token) {
    for (int other = 0; other < logProbabilities.length; other++) {
      boolean before =
          other < token
              ? logProbabilities[other] >= logProbabilities[token]
              : logProbabilities[other] > logProbabilities[token];
      if (before) {
        return false;
      }
    }
    return true;
  }
}
