package org.seq4j.core.model;

import java.util.Optional;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.ComponentException;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** All steps of a {@link TokenOutput.Stateful}, by a loop over its single steps. */
final class SteppedOutput {
  private static final String PREPARED = "prepared";
  private static final String EMBEDDING = "embedding";
  private static final String FEATURES = "features";
  private static final String PREVIOUS = "previous";
  private static final String RESULT = "result";
  private static final String WEIGHTS = "weights";

  private SteppedOutput() {}

  /** Implements {@link TokenOutput.Stateful#allSteps}. */
  static TokenOutput.Stateful.AllSteps scan(
      TokenOutput.Stateful output,
      Scope scope,
      NamedTensors prepared,
      Sequence features,
      Operand<TInt32> previous,
      TokenOutput.Tokens tokens) {
    NamedTensors constants = NamedTensors.EMPTY.with(PREPARED, prepared);
    if (tokens.embedding().isPresent()) {
      constants = constants.with(EMBEDDING, tokens.embedding().get());
    }
    NamedTensors outputs =
        scope
            .scan(
                constants,
                NamedTensors.of(FEATURES, features.values()).with(PREVIOUS, previous),
                features.lengths(),
                ComponentException.notNull(
                    output, "initialState", output.initialState(scope, prepared, tokens)),
                Loop.Direction.FORWARD,
                (inner, given, input, position, state) ->
                    step(output, inner, given, input, state, tokens.size()))
            .outputs();
    return new TokenOutput.Stateful.AllSteps(
        outputs.floats(RESULT),
        outputs.has(WEIGHTS) ? Optional.of(outputs.floats(WEIGHTS)) : Optional.empty());
  }

  private static Loop.StepOutput step(
      TokenOutput.Stateful output,
      Scope scope,
      NamedTensors given,
      NamedTensors input,
      NamedTensors state,
      long size) {
    Optional<Operand<TFloat32>> embedding =
        given.has(EMBEDDING) ? Optional.of(given.floats(EMBEDDING)) : Optional.empty();
    TokenOutput.Stateful.Step step =
        ComponentException.notNull(
            output,
            "step",
            output.step(
                scope,
                given.under(PREPARED),
                input.floats(FEATURES),
                input.ints(PREVIOUS),
                state,
                new TokenOutput.Tokens(size, embedding)));
    NamedTensors outputs = NamedTensors.of(RESULT, step.logProbabilities());
    return new Loop.StepOutput(
        step.weights().isPresent() ? outputs.with(WEIGHTS, step.weights().get()) : outputs,
        step.state());
  }
}
