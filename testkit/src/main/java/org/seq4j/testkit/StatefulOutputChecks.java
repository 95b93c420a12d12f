package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.model.TokenOutput;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The contract of {@link TokenOutput.Stateful}: all steps equal single ones, padding has no effect,
 * and each row depends on its own tokens and its own source only.
 */
final class StatefulOutputChecks {
  private static final int[] SOURCES = {4, 2, 3};
  private static final int[] TARGETS = {2, 4, 3};
  private static final int STEPS = 4;
  private static final int[][] PREVIOUS = {{2, 4, 0, 0}, {2, 5, 5, 4}, {2, 4, 3, 0}};
  private static final TokenOutput.Tokens TOKENS =
      new TokenOutput.Tokens(OutputContract.VOCABULARY, Optional.empty());

  private StatefulOutputChecks() {}

  /** Returns the distribution of the second step of rows, after the first one. */
  static Operand<TFloat32> someStep(
      TokenOutput.Stateful output,
      GraphFixture trial,
      Scope scope,
      Operand<TFloat32> features,
      int[] rows) {
    Memory memory = memory(trial);
    Memory some =
        new Memory(
            new Sequence(
                trial.rows(memory.sequence().values(), rows),
                trial.rows(memory.sequence().lengths(), rows)),
            NamedTensors.EMPTY,
            1);
    NamedTensors prepared = output.prepare(scope, some);
    Operand<TFloat32> doubled = trial.tf().math.mul(features, trial.tf().constant(2f));
    TokenOutput.Stateful.Step first =
        output.step(
            scope,
            prepared,
            doubled,
            previous(trial, rows, 0),
            output.initialState(scope, prepared, TOKENS),
            TOKENS);
    return output
        .step(scope, prepared, features, previous(trial, rows, 1), first.state(), TOKENS)
        .logProbabilities();
  }

  static void allStepsEqualSingleSteps(TokenOutput.Stateful output) {
    try (GraphFixture trial = new GraphFixture(true)) {
      Memory memory = memory(trial);
      Sequence features = features(trial);
      List<Operand<TFloat32>> whole = all(output, trial, trial.scope(), memory, features);
      List<String> parameters = trial.parameters();
      List<Operand<TFloat32>> stepped = stepped(output, trial, trial.scope(), memory, features);
      List<Operand<TFloat32>> inference =
          stepped(output, trial, trial.scope(false), memory, features);
      assertThat(trial.parameters())
          .as("the parameters after single steps, which must be those of all steps")
          .isEqualTo(parameters);
      trial.checkGradients(whole);
      trial.randomise();
      trial.checkEqual("results of all steps, and of single ones", stepped, whole);
      trial.checkEqual("results of training and of inference", inference, whole);
    }
  }

  static void aloneAndPadded(TokenOutput.Stateful output) {
    try (GraphFixture trial = new GraphFixture(false)) {
      Memory memory = memory(trial);
      Sequence features = features(trial);
      List<Operand<TFloat32>> together = all(output, trial, trial.scope(), memory, features);
      TokenOutput.Stateful.AllSteps padded = // the last two tokens read are padding, too
          output.allSteps(
              trial.scope(),
              output.prepare(trial.scope(), trial.padded(memory)),
              trial.padded(features),
              trial
                  .tf()
                  .pad(
                      trial.tf().constant(PREVIOUS),
                      trial.tf().constant(new int[][] {{0, 0}, {0, 2}}),
                      trial.tf().constant(0)),
              TOKENS);
      List<Operand<TFloat32>> withPadding = new ArrayList<>();
      withPadding.add(
          trial.asLong(
              trial.real(padded.logProbabilities(), features.lengths()), features.values()));
      List<Operand<TFloat32>> attention = new ArrayList<>();
      padded
          .weights()
          .ifPresent(
              weights -> {
                attention.add(weights);
                withPadding.add(
                    trial.asWide(
                        trial.asLong(weights, features.values()), memory.sequence().values()));
              });
      List<List<Operand<TFloat32>>> alone = new ArrayList<>();
      for (int row = 0; row < SOURCES.length; row++) {
        alone.add(
            all(
                output,
                trial,
                trial.scope(),
                trial.alone(memory, row, SOURCES[row]),
                trial.alone(features, row, TARGETS[row]),
                trial.corner(trial.rows(trial.tf().constant(PREVIOUS), row), TARGETS[row])));
      }
      trial.randomise();
      trial.checkEqual("results with more padding, filled with garbage", withPadding, together);
      for (int row = 0; row < SOURCES.length; row++) {
        int r = row;
        List<Operand<TFloat32>> rowOfAll = new ArrayList<>();
        rowOfAll.add(trial.corner(trial.rows(together.get(0), r), TARGETS[r]));
        if (together.size() > 1) {
          rowOfAll.add(
              trial
                  .tf()
                  .slice(
                      trial.rows(together.get(1), r),
                      trial.tf().constant(new int[3]),
                      trial.tf().constant(new int[] {1, TARGETS[r], SOURCES[r]})));
        }
        trial.checkEqual("results in a batch and alone, row " + row, rowOfAll, alone.get(row));
      }
      for (Operand<TFloat32> weights : attention) {
        areOfRealPositions(trial.values(weights));
      }
    }
  }

  private static void areOfRealPositions(float[] weights) {
    int longest = SOURCES[0] + 2;
    int steps = STEPS + 2;
    for (int i = 0; i < weights.length; i++) {
      int row = i / (longest * steps);
      if (i % longest >= SOURCES[row] || i / longest % steps >= TARGETS[row]) {
        assertThat(weights[i])
            .as("weight %d: it is of padding, or beyond the length of the target; see Masks", i)
            .isZero();
      }
    }
  }

  static void hypothesesKnowOnlyTheirOwnPast(TokenOutput.Stateful output) {
    int[] parents = {2, 0, 0, 4, 5, 3, 6, 8, 7}; // of three hypotheses for each of three sources
    int[] tokens = {4, 5, 3, 3, 4, 4, 5, 3, 4};
    try (GraphFixture trial = new GraphFixture(false)) {
      Scope scope = trial.scope();
      NamedTensors prepared = output.prepare(scope, memory(trial));
      NamedTensors initial = output.initialState(scope, prepared, TOKENS);
      Operand<TFloat32> first = trial.sample("first", 9, OutputContract.DEPTH);
      Operand<TFloat32> second = trial.sample("second", 9, OutputContract.DEPTH);
      NamedTensors repeated = initial.map(x -> trial.rows(x, 0, 0, 0, 1, 1, 1, 2, 2, 2));
      TokenOutput.Stateful.Step one =
          output.step(scope, prepared, first, begin(trial, 9), repeated, TOKENS);
      NamedTensors chosen = one.state().map(x -> trial.rows(x, parents));
      TokenOutput.Stateful.Step two =
          output.step(scope, prepared, second, trial.tf().constant(tokens), chosen, TOKENS);
      List<List<Operand<TFloat32>>> together = new ArrayList<>();
      List<List<Operand<TFloat32>>> alone = new ArrayList<>();
      for (int k = 0; k < 3; k++) {
        int[] rows = {k, 3 + k, 6 + k};
        int[] before = IntStream.of(rows).map(row -> parents[row]).toArray();
        TokenOutput.Stateful.Step oneOf =
            output.step(
                scope, prepared, trial.rows(first, before), begin(trial, 3), initial, TOKENS);
        TokenOutput.Stateful.Step twoOf =
            output.step(
                scope,
                prepared,
                trial.rows(second, rows),
                trial.rows(trial.tf().constant(tokens), rows),
                oneOf.state(),
                TOKENS);
        together.add(of(two).stream().map(x -> trial.rows(x, rows)).toList());
        alone.add(of(twoOf));
      }
      trial.randomise();
      for (int k = 0; k < 3; k++) {
        trial.checkEqual(
            "results of several hypotheses of a source and of one: each depends only on its own"
                + " prefix; hypothesis "
                + k,
            together.get(k),
            alone.get(k));
      }
    }
  }

  static void emptySourcesGiveNumbers(TokenOutput.Stateful output) {
    try (GraphFixture trial = new GraphFixture(false)) {
      Sequence features = trial.sequence("features", OutputContract.DEPTH, 2, 2);
      Operand<TInt32> previous = trial.tf().constant(new int[][] {{2, 4}, {2, 5}});
      List<Operand<TFloat32>> results = new ArrayList<>();
      int next = 0;
      for (int[] lengths : new int[][] {{2, 0}, {0, 0}}) {
        Memory memory = trial.memory("memory" + next++, 7, Map.of(), lengths);
        results.addAll(all(output, trial, trial.scope(), memory, features, previous));
      }
      trial.randomise();
      trial.checkFinite(results);
    }
  }

  private static Memory memory(GraphFixture trial) {
    return trial.memory(7, Map.of(), SOURCES);
  }

  private static Sequence features(GraphFixture trial) {
    return trial.sequence("features", OutputContract.DEPTH, TARGETS);
  }

  private static Operand<TInt32> begin(GraphFixture trial, int rows) {
    int[] tokens = new int[rows];
    Arrays.fill(tokens, 2);
    return trial.tf().constant(tokens);
  }

  private static Operand<TInt32> previous(GraphFixture trial, int[] rows, int step) {
    return trial.tf().constant(IntStream.of(rows).map(row -> PREVIOUS[row][step]).toArray());
  }

  private static List<Operand<TFloat32>> all(
      TokenOutput.Stateful output,
      GraphFixture trial,
      Scope scope,
      Memory memory,
      Sequence features) {
    return all(output, trial, scope, memory, features, trial.tf().constant(PREVIOUS));
  }

  private static List<Operand<TFloat32>> all(
      TokenOutput.Stateful output,
      GraphFixture trial,
      Scope scope,
      Memory memory,
      Sequence features,
      Operand<TInt32> previous) {
    TokenOutput.Stateful.AllSteps found =
        output.allSteps(scope, output.prepare(scope, memory), features, previous, TOKENS);
    List<Operand<TFloat32>> results = new ArrayList<>();
    results.add(trial.real(found.logProbabilities(), features.lengths()));
    found.weights().ifPresent(results::add);
    return results;
  }

  private static List<Operand<TFloat32>> stepped(
      TokenOutput.Stateful output,
      GraphFixture trial,
      Scope scope,
      Memory memory,
      Sequence features) {
    NamedTensors prepared = output.prepare(scope, memory);
    NamedTensors state = output.initialState(scope, prepared, TOKENS);
    List<List<Operand<TFloat32>>> results = new ArrayList<>();
    for (int t = 0; t < STEPS; t++) {
      TokenOutput.Stateful.Step step =
          output.step(
              scope,
              prepared,
              trial.at(features.values(), t),
              previous(trial, new int[] {0, 1, 2}, t),
              state,
              TOKENS);
      assertThat(step.state().names())
          .as("the names of the state that a step returns")
          .isEqualTo(state.names());
      state = step.state();
      results.add(of(step));
    }
    List<Operand<TFloat32>> alongTime = new ArrayList<>();
    for (int i = 0; i < results.get(0).size(); i++) {
      int of = i;
      alongTime.add(
          trial.real(
              trial.alongTime(results.stream().map(result -> result.get(of)).toList()),
              features.lengths()));
    }
    return alongTime;
  }

  private static List<Operand<TFloat32>> of(TokenOutput.Stateful.Step step) {
    List<Operand<TFloat32>> results = new ArrayList<>(List.of(step.logProbabilities()));
    step.weights().ifPresent(results::add);
    return results;
  }
}
