package org.seq4j.rnn;

import java.util.List;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Recurrence;
import org.seq4j.core.graph.Rows;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** A recurrent layer: a cell of some size, stepped or run over time. */
record Layer(Cell cell, long units) {

  /** The name of the one input of most layers. */
  static final String INPUT = "input";

  /** The name of what {@link #run} puts out. */
  static final String OUTPUT = "output";

  /** The name of the n-th layer in states and parameters. */
  static String name(int n) {
    return "layer." + n;
  }

  /** Where the parameters of the n-th layer are. */
  static Scope scope(Scope scope, int n) {
    return scope.child("layer").child(Integer.toString(n));
  }

  List<String> stateNames() {
    return cell.stateNames();
  }

  /** A state of zeros, {@code [B, U]} each, with B rows as there are in {@code like}. */
  NamedTensors zeroState(Scope scope, Operand<? extends TType> like) {
    Operand<TFloat32> zeros = zeros(scope, like, units);
    NamedTensors state = NamedTensors.EMPTY;
    for (String name : stateNames()) {
      state = state.with(name, zeros);
    }
    return state;
  }

  /** {@code [B, depth]} of zeros. */
  static Operand<TFloat32> zeros(Scope scope, Operand<? extends TType> like, long depth) {
    var tf = scope.tf();
    return tf.fill(
        tf.stack(List.of(Rows.size(tf, like, 0), tf.constant((int) depth))), tf.constant(0f));
  }

  /** One step; inputs {@code [B, D_i]} each. */
  NamedTensors step(Scope scope, List<Operand<TFloat32>> inputs, NamedTensors state) {
    return cell.step(scope, units, inputs, state);
  }

  /** What a step gives to the layer above, {@code [B, U]}. */
  Operand<TFloat32> output(NamedTensors state) {
    return state.floats(stateNames().get(0));
  }

  /**
   * All steps.
   *
   * @param inputs {@code [B, T, D_i]} each
   * @param lengths {@code [B]}
   */
  Recurrence.Scanned run(
      Scope scope,
      NamedTensors inputs,
      Operand<TInt32> lengths,
      NamedTensors initialState,
      Recurrence.Direction direction) {
    return Recurrence.scan(
        scope,
        inputs,
        lengths,
        initialState,
        NamedTensors.EMPTY,
        direction,
        (inner, at, state, constants, time) -> {
          NamedTensors after = step(inner, at.names().stream().map(at::floats).toList(), state);
          return new Recurrence.Stepped(NamedTensors.of(OUTPUT, output(after)), after);
        });
  }
}
