package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.OutputLayer;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.TokenOutput;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A layer whose steps are scanned by core meets the contract, and a broken one does not. */
final class StatefulOutputContractTest extends OutputContract {

  /** A softmax that also sees how often each token has been read. */
  private static class Counting implements TokenOutput.Stateful {
    @Override
    public NamedTensors prepare(Scope scope, Memory memory) {
      return NamedTensors.of("lengths", memory.sequence().lengths());
    }

    @Override
    public NamedTensors initialState(
        Scope scope, NamedTensors prepared, TokenOutput.Tokens tokens) {
      return NamedTensors.of(
          "counts", Shapes.zeros(scope.tf(), prepared.get("lengths"), tokens.size()));
    }

    @Override
    public Step step(
        Scope scope,
        NamedTensors prepared,
        Operand<TFloat32> features,
        Operand<TInt32> previous,
        NamedTensors state,
        TokenOutput.Tokens tokens) {
      Ops tf = scope.tf();
      Operand<TFloat32> counts =
          tf.math.add(
              state.floats("counts"),
              tf.oneHot(
                  previous, tf.constant((int) tokens.size()), tf.constant(1f), tf.constant(0f)));
      Operand<TFloat32> logits =
          scope.linear("projection", tokens.size(), true, List.of(features, counts));
      if (tokens.embedding().isPresent()) {
        logits = tf.math.add(logits, scope.products(features, tokens.embedding().get()));
      }
      return new Step(
          tf.nn.logSoftmax(logits), NamedTensors.of("counts", counts), Optional.empty());
    }
  }

  @Override
  protected OutputLayer output() {
    return new Counting();
  }

  @Test
  void theScanPassesTheSharedEmbeddingOn() {
    try (GraphFixture trial = new GraphFixture(true)) {
      Counting output = new Counting();
      TokenOutput.Tokens tokens =
          new TokenOutput.Tokens(6, Optional.of(trial.sample("embedding", 6, 5)));
      Memory memory = trial.memory(4, Map.of(), 2, 1);
      Sequence features = trial.sequence("features", 5, 2, 2);
      int[][] previous = {{2, 4}, {2, 5}};
      NamedTensors prepared = output.prepare(trial.scope(), memory);
      Operand<TFloat32> whole =
          output
              .allSteps(trial.scope(), prepared, features, trial.tf().constant(previous), tokens)
              .logProbabilities();
      NamedTensors state = output.initialState(trial.scope(), prepared, tokens);
      List<Operand<TFloat32>> steps = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        TokenOutput.Stateful.Step step =
            output.step(
                trial.scope(),
                prepared,
                trial.at(features.values(), t),
                trial.tf().constant(new int[] {previous[0][t], previous[1][t]}),
                state,
                tokens);
        state = step.state();
        steps.add(step.logProbabilities());
      }
      trial.checkGradients(List.of(whole));
      trial.randomise();
      trial.checkEqual(
          "the scan, and single steps", List.of(whole), List.of(trial.alongTime(steps)));
    }
  }

  @Test
  void aLayerWhoseStepsAllIgnoreTheTokensIsCaught() {
    OutputContract contract =
        new OutputContract() {
          @Override
          protected OutputLayer output() {
            return new Counting() {
              @Override
              public AllSteps allSteps(
                  Scope scope,
                  NamedTensors prepared,
                  Sequence features,
                  Operand<TInt32> previous,
                  TokenOutput.Tokens tokens) {
                return super.allSteps(
                    scope, prepared, features, scope.tf().zerosLike(previous), tokens);
              }
            };
          }
        };
    assertThatThrownBy(contract::allStepsEqualSingleSteps)
        .hasMessageContaining("results of all steps, and of single ones");
  }
}
