package org.seq4j.rnn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Sequence;
import org.seq4j.testkit.GraphFixture;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A cell as the papers write it, one sequence and one number at a time. */
final class PaperCell {
  static final int UNITS = 3;
  private static final int DEPTH = 2;
  private static final int[] LENGTHS = {4, 2};
  private static final int LONGEST = 4;

  /** A paper's step: from the input and the state to the state. */
  @FunctionalInterface
  interface Step {
    Map<String, double[]> of(Weights weights, double[] x, Map<String, double[]> state);
  }

  /** A cell's parameters. */
  static final class Weights {
    private final GraphFixture trial;

    private Weights(GraphFixture trial) {
      this.trial = trial;
    }

    /** The k-th block of columns of {@code x W}. */
    double[] product(double[] x, String kernel, int block) {
      float[] values = trial.parameter("model." + kernel);
      int columns = values.length / x.length;
      double[] y = new double[UNITS];
      for (int i = 0; i < x.length; i++) {
        for (int j = 0; j < UNITS; j++) {
          y[j] += x[i] * values[i * columns + block * UNITS + j];
        }
      }
      return y;
    }

    /** The k-th block of a bias. */
    double[] bias(String name, int block) {
      float[] values = trial.parameter("model." + name);
      double[] bias = new double[UNITS];
      for (int j = 0; j < UNITS; j++) {
        bias[j] = values[block * UNITS + j];
      }
      return bias;
    }
  }

  private PaperCell() {}

  /** Checks the outputs and final states of a scan over sequences of unequal lengths. */
  static void check(Cell cell, Step step) {
    try (GraphFixture trial = new GraphFixture(true)) {
      Sequence sequence = trial.sequence("x", DEPTH, LENGTHS);
      NamedTensors initial = NamedTensors.EMPTY;
      for (String name : cell.stateNames()) {
        initial = initial.with(name, trial.sample(name, LENGTHS.length, UNITS));
      }
      Loop.ScanOutput scanned =
          new Layer(cell, UNITS, 0)
              .run(
                  trial.scope(),
                  NamedTensors.of("x", sequence.values()),
                  sequence.lengths(),
                  initial,
                  Optional.empty(),
                  Loop.Direction.FORWARD);
      trial.randomise();
      Weights weights = new Weights(trial);
      for (int row = 0; row < LENGTHS.length; row++) {
        Map<String, double[]> state = new HashMap<>();
        for (String name : cell.stateNames()) {
          state.put(name, vector(trial, initial.floats(name), row, UNITS));
        }
        List<double[]> outputs = new ArrayList<>();
        for (int t = 0; t < LENGTHS[row]; t++) {
          double[] x = vector(trial, sequence.values(), row * LONGEST + t, DEPTH);
          state = step.of(weights, x, state);
          outputs.add(state.get("hidden"));
        }
        for (int t = 0; t < LONGEST; t++) {
          assertClose(
              String.format(Locale.ROOT, "output %d of row %d", t, row),
              vector(trial, scanned.outputs().floats(Layer.OUTPUT), row * LONGEST + t, UNITS),
              t < LENGTHS[row] ? outputs.get(t) : new double[UNITS]);
        }
        for (String name : cell.stateNames()) {
          assertClose(
              String.format(Locale.ROOT, "final %s of row %d", name, row),
              vector(trial, scanned.finalState().floats(name), row, UNITS),
              state.get(name));
        }
      }
    }
  }

  private static void assertClose(String what, double[] actual, double[] expected) {
    assertThat(actual).as(what).containsExactly(expected, Offset.offset(1e-5));
  }

  private static double[] vector(GraphFixture trial, Operand<TFloat32> x, int index, int depth) {
    float[] values = trial.values(x);
    double[] vector = new double[depth];
    for (int i = 0; i < depth; i++) {
      vector[i] = values[index * depth + i];
    }
    return vector;
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
