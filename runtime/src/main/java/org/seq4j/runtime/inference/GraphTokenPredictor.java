package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.text.SequenceData;
import org.seq4j.core.text.Vocabulary;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.scan.GraphScope;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.TokenTarget;
import org.seq4j.runtime.search.CtcScorer;
import org.seq4j.runtime.search.LogLinearSteps;
import org.seq4j.runtime.search.StepFunction;
import org.tensorflow.Operand;

/** A predictor of one model with targets of tokens. */
final class GraphTokenPredictor extends GraphPredictor implements TokenPredictor {
  private final StepOps steps;
  private final List<Operand<?>>
      kernels; // derived kernels; computed before the first step and fed to each step
  private final int vocabulary;
  private final boolean copies;
  private final Seq2SeqModel.CtcUse ctc;

  private GraphTokenPredictor(
      SourceOps source,
      TeacherForcing forcing,
      StepOps steps,
      List<Operand<?>> kernels,
      int vocabulary,
      boolean copies,
      Seq2SeqModel.CtcUse ctc) {
    super(source, forcing);
    this.steps = steps;
    this.kernels = kernels;
    this.vocabulary = vocabulary;
    this.copies = copies;
    this.ctc = ctc;
  }

  /** Implements {@link TokenPredictor#of(Seq2SeqModel, ModelGraph, Precision)}. */
  static GraphTokenPredictor of(Seq2SeqModel model, ModelGraph graph, Precision precision) {
    TokenTarget target =
        model
            .tokenTarget()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "targets of vectors are generated without a search"));
    Scope scope = graph.scope(false);
    SourceOps source = SourceOps.of(scope, model, graph);
    GraphScope ofSteps = graph.scope(precision);
    StepOps steps = StepOps.of(ofSteps, target, source.prepared(), source.initialState());
    List<Operand<?>> kernels = ofSteps.preparedKernels();
    return new GraphTokenPredictor(
        source,
        TeacherForcing.of(scope, model, source),
        steps,
        kernels,
        target.tokens(),
        model.copies(),
        model.ctc());
  }

  @Override
  public boolean copies() {
    return copies;
  }

  @Override
  public boolean hasCtc() {
    return ctc != Seq2SeqModel.CtcUse.NONE;
  }

  @Override
  public boolean isCtcAlone() {
    return ctc == Seq2SeqModel.CtcUse.ALONE;
  }

  @Override
  public boolean hasAttention() {
    return !isCtcAlone() && super.hasAttention();
  }

  @Override
  public List<Metric.ForcedScore> force(Sources sources, List<? extends SequenceData> targets) {
    return isCtcAlone() ? ForcedSteps.byCtc(this, sources, targets) : super.force(sources, targets);
  }

  @Override
  public StepFunction start(Sources sources, int hypothesesPerSource, boolean withAttention) {
    return new GraphStepFunction(this, sources.single(), hypothesesPerSource, withAttention, false);
  }

  @Override
  public ModelSteps startWithCtc(Sources sources, int hypothesesPerSource, boolean withAttention) {
    GraphStepFunction own =
        new GraphStepFunction(this, sources.single(), hypothesesPerSource, withAttention, true);
    return new ModelSteps(
        own, List.of(new LogLinearSteps.Term(new CtcScorer(own.posteriors(), Vocabulary.END), 1)));
  }

  @Override
  public List<CtcScorer.Posteriors> posteriors(Sources sources) {
    return ParallelBatches.of(threads())
        .map(sources.single(), (part, indices) -> source().posteriors(part));
  }

  @Override
  public List<LogLinearSteps.Term> ctc(Sources sources) {
    return List.of(
        new LogLinearSteps.Term(
            new CtcScorer(source().posteriors(sources.single()), Vocabulary.END), 1));
  }

  StepOps steps() {
    return steps;
  }

  List<Operand<?>> kernels() {
    return kernels;
  }

  @Override
  public int vocabulary() {
    return vocabulary;
  }

  /**
   * The operands to compute before the first step: prepared tensors, then states, then kernels,
   * then CTC posteriors and their lengths.
   */
  List<Operand<?>> beforeSteps(boolean withCtc) {
    List<Operand<?>> operands = new ArrayList<>(source().prepared().operands());
    operands.addAll(source().initialState().operands());
    operands.addAll(kernels);
    if (withCtc) {
      operands.add(source().posteriors().orElseThrow());
      operands.add(source().encoded().lengths());
    }
    return operands;
  }
}
