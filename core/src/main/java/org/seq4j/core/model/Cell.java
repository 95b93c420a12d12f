package org.seq4j.core.model;

import java.util.List;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Kind;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * One step of a recurrent layer. Keeps no operand in a field: it is built into several graphs.
 *
 * <p>A cell multiplies by weights through {@link Scope#linear} with each input as an operand of its
 * own: products of what is known for all steps are then computed before the loop, and gradients of
 * weights after it.
 */
@Kind("cell")
public interface Cell {

  /** What the state consists of; the first is the one that is also the output. */
  List<String> stateNames();

  /**
   * One step.
   *
   * @param units the size of the layer
   * @param inputs {@code [B, D_i]} each; the cell sees them as one, side by side
   * @param recurrent the first of the state as products are to take it: where the layer drops out
   *     of its recurrence (Gal and Ghahramani 2016), with units set to zero; {@code [B, units]}
   * @param state by {@link #stateNames()}, {@code [B, units]} each
   * @return the state after it, by the same names
   */
  NamedTensors step(
      Scope scope,
      long units,
      List<Operand<TFloat32>> inputs,
      Operand<TFloat32> recurrent,
      NamedTensors state);
}
