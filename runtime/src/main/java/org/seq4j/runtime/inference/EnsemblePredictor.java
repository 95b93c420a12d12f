package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.SequenceData;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.CtcScorer;
import org.seq4j.runtime.search.EnsembleSteps;
import org.seq4j.runtime.search.LogLinearSteps;
import org.seq4j.runtime.search.StepFunction;
import org.seq4j.runtime.search.TokenScorer;

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
  public int vocabulary() {
    return members.get(0).vocabulary();
  }

  @Override
  public boolean hasCtc() {
    return members.stream().allMatch(GraphTokenPredictor::hasCtc);
  }

  @Override
  public ModelSteps startWithCtc(Sources sources, int hypothesesPerSource, boolean withAttention) {
    List<LogLinearSteps.Term> ctc = new ArrayList<>();
    StepFunction steps =
        steps(
            sources,
            (member, ofMember) -> {
              ModelSteps own =
                  members.get(member).startWithCtc(ofMember, hypothesesPerSource, withAttention);
              own.ctc()
                  .forEach(it -> ctc.add(new LogLinearSteps.Term(it.scorer(), weights[member])));
              return own.steps();
            });
    return new ModelSteps(steps, ctc);
  }

  @Override
  public List<CtcScorer.Posteriors> posteriors(Sources sources) {
    return members.get(0).posteriors(Sources.of(sources.first()));
  }

  @Override
  public List<LogLinearSteps.Term> ctc(Sources sources) {
    List<LogLinearSteps.Term> terms = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      TokenScorer ofMember =
          members.get(i).ctc(Sources.of(sources.byModel().get(i))).get(0).scorer();
      terms.add(new LogLinearSteps.Term(ofMember, weights[i]));
    }
    return terms;
  }

  @Override
  public StepFunction start(Sources sources, int hypothesesPerSource, boolean withAttention) {
    return steps(sources, hypothesesPerSource, withAttention);
  }

  private EnsembleSteps steps(Sources sources, int hypotheses, boolean withAttention) {
    return steps(
        sources,
        (member, ofMember) -> members.get(member).start(ofMember, hypotheses, withAttention));
  }

  private EnsembleSteps steps(
      Sources sources, BiFunction<Integer, Sources, StepFunction> ofMember) {
    sources.checkModels(members.size());
    List<StepFunction> steps = new ArrayList<>();
    try {
      for (int i = 0; i < members.size(); i++) {
        steps.add(ofMember.apply(i, Sources.of(sources.byModel().get(i))));
      }
      return new EnsembleSteps(steps, members.get(0).vocabulary(), weights);
    } catch (RuntimeException | Error e) {
      steps.forEach(StepFunction::close);
      throw e;
    }
  }

  @Override
  public boolean isCtcAlone() {
    return members.stream().allMatch(GraphTokenPredictor::isCtcAlone);
  }

  @Override
  public List<Metric.ForcedScore> force(Sources sources, List<? extends SequenceData> targets) {
    return isCtcAlone()
        ? ForcedSteps.byCtc(this, sources, targets)
        : ForcedSteps.score(threads(), sources, targets, some -> start(some, 1, false));
  }
}
