package org.seq4j.rnn;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.ComponentException;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A recurrent layer: a cell with a size, run for one step or over all time steps.
 *
 * @param recurrentDropout dropout rate of the hidden state in recurrent products, with the same
 *     mask at all steps of a sequence (Gal and Ghahramani 2016)
 */
record Layer(Cell cell, long units, float recurrentDropout) {

  /** The name of the only input of most layers. */
  static final String INPUT = "input";

  private static final String MASK = "mask";

  /** The name of the output of {@link #run}. */
  static final String OUTPUT = "output";

  /** Returns the name of the n-th layer in states and parameters. */
  static String name(int n) {
    return "layer." + n;
  }

  /** Returns the scope of the parameters of the n-th layer. */
  static Scope scope(Scope scope, int n) {
    return scope.child("layer").child(Integer.toString(n));
  }

  List<String> stateNames() {
    return cell.stateNames();
  }

  /** Returns a state of zeros, {@code [B, U]} each, with B as in {@code like}. */
  NamedTensors zeroState(Scope scope, Operand<? extends TType> like) {
    Operand<TFloat32> zeros = Shapes.zeros(scope.tf(), like, units);
    NamedTensors state = NamedTensors.EMPTY;
    for (String name : stateNames()) {
      state = state.with(name, zeros);
    }
    return state;
  }

  /**
   * Returns the mask of variational dropout for a batch, {@code [B, U]}; empty without dropout.
   *
   * @param like any tensor of B rows
   */
  Optional<Operand<TFloat32>> recurrentMask(Scope scope, Operand<? extends TType> like) {
    if (!scope.training() || recurrentDropout == 0) {
      return Optional.empty();
    }
    Operand<TFloat32> ones =
        scope.tf().math.add(Shapes.zeros(scope.tf(), like, units), scope.tf().constant(1f));
    return Optional.of(scope.child("recurrent").dropout(ones, recurrentDropout));
  }

  /**
   * Computes one step.
   *
   * @param inputs {@code [B, D_i]} each
   * @param recurrentMask from {@link #recurrentMask}
   */
  NamedTensors step(
      Scope scope,
      List<Operand<TFloat32>> inputs,
      NamedTensors state,
      Optional<Operand<TFloat32>> recurrentMask) {
    Operand<TFloat32> hidden = output(state);
    Operand<TFloat32> recurrent =
        recurrentMask.isPresent() ? scope.tf().math.mul(hidden, recurrentMask.get()) : hidden;
    return ComponentException.notNull(
        cell, "step", cell.step(scope, units, inputs, recurrent, state));
  }

  /** Returns the input of the layer above, {@code [B, U]}. */
  Operand<TFloat32> output(NamedTensors state) {
    return state.floats(stateNames().get(0));
  }

  /**
   * Computes all steps.
   *
   * @param inputs {@code [B, T, D_i]} each
   * @param lengths {@code [B]}
   * @param recurrentMask from {@link #recurrentMask}
   */
  Loop.ScanOutput run(
      Scope scope,
      NamedTensors inputs,
      Operand<TInt32> lengths,
      NamedTensors initialState,
      Optional<Operand<TFloat32>> recurrentMask,
      Loop.Direction direction) {
    return scope.scan(
        recurrentMask.map(mask -> NamedTensors.of(MASK, mask)).orElse(NamedTensors.EMPTY),
        inputs,
        lengths,
        initialState,
        direction,
        (inner, constants, at, position, state) -> {
          Optional<Operand<TFloat32>> mask =
              recurrentMask.isPresent() ? Optional.of(constants.floats(MASK)) : Optional.empty();
          NamedTensors after =
              step(inner, at.names().stream().map(at::floats).toList(), state, mask);
          return new Loop.StepOutput(NamedTensors.of(OUTPUT, output(after)), after);
        });
  }
}
