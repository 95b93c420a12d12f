package org.seq4j.core.model;

import java.util.List;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A recurrent cell: one step of a recurrent layer. It keeps no operand in a field, because it is
 * built into several graphs.
 *
 * <p>A cell multiplies by weights through {@link Scope#linear}, and passes each input as a separate
 * operand. Products of inputs that are known for all steps are then computed before the loop, and
 * gradients of weights after it, which is faster.
 */
@Kind("cell")
public interface Cell {

  /** The names of the state's tensors; the first one is also the output: {@code hidden, cell}. */
  List<String> stateNames();

  /**
   * Computes the next state.
   *
   * @param units size of the layer
   * @param inputs {@code [B, D_i]} each; the input of the cell is their concatenation
   * @param recurrent the hidden state to multiply by recurrent weights, after variational dropout
   *     (Gal and Ghahramani 2016), {@code [B, units]}
   * @param state tensors named by {@link #stateNames()}, {@code [B, units]} each
   * @return the next state, with the same names and shapes
   */
  NamedTensors step(
      Scope scope,
      long units,
      List<Operand<TFloat32>> inputs,
      Operand<TFloat32> recurrent,
      NamedTensors state);
}
