package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Sequence;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Contract of cells: gradients through several steps, names and shapes of the state, independence
 * of the rows of a batch, and the same parameters in training and inference. A test extends it and
 * implements {@link #cell()}.
 */
public abstract class CellContract {
  private static final long UNITS = 4;
  private static final long DEPTH = 3;
  private static final int[] LENGTHS = {3, 1, 2};

  private Cell made;

  /** Returns the cell under test. */
  protected abstract Cell cell();

  /** Returns the cell, made once for all graphs of a test, as in training. */
  private Cell made() {
    made = made == null ? cell() : made;
    return made;
  }

  @Test
  public void gradientsAgreeWithFiniteDifferences() {
    try (GraphFixture trial = new GraphFixture(true)) {
      trial.checkGradients(run(trial, trial.scope(), input(trial)));
    }
  }

  @Test
  public void theStateHasItsNamesAndShapes() {
    try (GraphFixture trial = new GraphFixture(false)) {
      NamedTensors state = state(trial, "state", LENGTHS.length);
      NamedTensors next = step(trial.scope(), trial.sample("input", 3, DEPTH), state);
      assertThat(made().stateNames())
          .as("the names of the state")
          .isNotEmpty()
          .doesNotHaveDuplicates();
      assertThat(next.names())
          .as("the names of the state that a step returns, which must be those of stateNames()")
          .containsExactlyInAnyOrderElementsOf(made().stateNames());
      trial.randomise();
      for (String name : next.names()) {
        trial.checkShape("the state '" + name + "', [B, units]", next.floats(name), 3, UNITS);
      }
    }
  }

  @Test
  public void theStateMatters() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Operand<TFloat32> input = trial.sample("input", 1, DEPTH);
      NamedTensors one = step(trial.scope(), input, state(trial, "one", 1));
      NamedTensors other = step(trial.scope(), input, state(trial, "other", 1));
      trial.randomise();
      String output = made().stateNames().get(0);
      assertThat(trial.values(one.floats(output)))
          .as(
              "the output after two different states: a cell that ignores its state remembers"
                  + " nothing")
          .isNotEqualTo(trial.values(other.floats(output)));
    }
  }

  @Test
  public void eachRowIsComputedAsIfAlone() {
    try (GraphFixture trial = new GraphFixture(false)) {
      Operand<TFloat32> input = trial.sample("input", LENGTHS.length, DEPTH);
      NamedTensors state = state(trial, "state", LENGTHS.length);
      NamedTensors together = step(trial.scope(), input, state);
      List<NamedTensors> alone = new ArrayList<>();
      for (int row = 0; row < LENGTHS.length; row++) {
        int r = row;
        alone.add(step(trial.scope(), trial.rows(input, row), state.map(x -> trial.rows(x, r))));
      }
      trial.randomise();
      for (int row = 0; row < LENGTHS.length; row++) {
        for (String name : made().stateNames()) {
          trial.checkEqual(
              "the state '" + name + "' in a batch and alone: no result may depend on other rows",
              List.of(trial.rows(together.floats(name), row)),
              List.of(alone.get(row).floats(name)));
        }
      }
    }
  }

  @Test
  public void isBuiltIntoSeveralGraphsWithTheSameParameters() {
    try (GraphFixture training = new GraphFixture(true);
        GraphFixture inference = new GraphFixture(false)) {
      GraphFixture.built(() -> run(training, training.scope(), input(training)));
      GraphFixture.built(() -> run(inference, inference.scope(), input(inference)));
      assertThat(inference.parameters())
          .as("the parameters at inference, which must be those of training")
          .containsExactlyInAnyOrderElementsOf(training.parameters());
    }
  }

  private static Sequence input(GraphFixture trial) {
    return trial.sequence("input", DEPTH, LENGTHS);
  }

  private NamedTensors state(GraphFixture trial, String name, int rows) {
    NamedTensors state = NamedTensors.EMPTY;
    for (String each : made().stateNames()) {
      state = state.with(each, trial.sample(name + "." + each, rows, UNITS));
    }
    return state;
  }

  private NamedTensors step(Scope scope, Operand<TFloat32> input, NamedTensors state) {
    return made()
        .step(scope, UNITS, List.of(input), state.floats(made().stateNames().get(0)), state);
  }

  /** Runs the cell in the loop of a layer; returns its outputs {@code [B, T, units]}. */
  private List<Operand<TFloat32>> run(GraphFixture trial, Scope scope, Sequence input) {
    Loop.ScanOutput scanned =
        scope.scan(
            NamedTensors.EMPTY,
            NamedTensors.of("input", input.values()),
            input.lengths(),
            state(trial, "first", LENGTHS.length),
            Loop.Direction.FORWARD,
            (inner, constants, given, position, state) -> {
              NamedTensors next = step(inner, given.floats("input"), state);
              return new Loop.StepOutput(
                  NamedTensors.of("output", next.floats(made().stateNames().get(0))), next);
            });
    return List.of(scanned.outputs().floats("output"));
  }
}
