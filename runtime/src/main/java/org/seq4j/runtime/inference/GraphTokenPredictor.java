package org.seq4j.runtime.inference;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.graph.Scope;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.scan.GraphScope;
import org.seq4j.runtime.graph.scan.Precision;
import org.seq4j.runtime.model.Seq2SeqModel;
import org.seq4j.runtime.model.TokenTarget;
import org.seq4j.runtime.search.StepFunction;
import org.tensorflow.Operand;

/** A predictor of one model with targets of tokens. */
final class GraphTokenPredictor extends GraphPredictor implements TokenPredictor {
  private final StepOps steps;
  private final List<Operand<?>>
      kernels; // derived kernels; computed before the first step and fed to each step
  private final int vocabulary;
  private final boolean copies;

  private GraphTokenPredictor(
      SourceOps source,
      TeacherForcing forcing,
      StepOps steps,
      List<Operand<?>> kernels,
      int vocabulary,
      boolean copies) {
    super(source, forcing);
    this.steps = steps;
    this.kernels = kernels;
    this.vocabulary = vocabulary;
    this.copies = copies;
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
        model.copies());
  }

  @Override
  public boolean copies() {
    return copies;
  }

  @Override
  public StepFunction start(Sources sources, int hypothesesPerSource, boolean withAttention) {
    return new GraphStepFunction(this, sources.single(), hypothesesPerSource, withAttention);
  }

  StepOps steps() {
    return steps;
  }

  List<Operand<?>> kernels() {
    return kernels;
  }

  /** The size of the target vocabulary. */
  int vocabulary() {
    return vocabulary;
  }

  /** The operands to compute before the first step: prepared tensors, then states, then kernels. */
  List<Operand<?>> beforeSteps() {
    List<Operand<?>> operands = new ArrayList<>(source().prepared().operands());
    operands.addAll(source().initialState().operands());
    operands.addAll(kernels);
    return operands;
  }
}
