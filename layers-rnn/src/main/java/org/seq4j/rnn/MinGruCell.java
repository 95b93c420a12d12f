package org.seq4j.rnn;

import java.util.List;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The minimal gated recurrent unit (Feng et al. 2024, section 3.1):
 *
 * <pre>
 * z = sigmoid(W_z x + b_z)      h' = (1 - z) * h + z * (W x + b)
 * </pre>
 *
 * <p>No weights multiply the hidden state: all products are computed before the loop, and recurrent
 * dropout has no effect.
 */
public final class MinGruCell implements Cell {
  private static final String HIDDEN = "hidden";

  @Override
  public List<String> stateNames() {
    return List.of(HIDDEN);
  }

  @Override
  public NamedTensors step(
      Scope scope,
      long units,
      List<Operand<TFloat32>> inputs,
      Operand<TFloat32> recurrent,
      NamedTensors state) {
    Ops tf = scope.tf();
    List<Output<TFloat32>> parts =
        Columns.split(tf, scope.linear("input", 2 * units, true, inputs), units, units);
    Operand<TFloat32> gate = tf.math.sigmoid(parts.get(0)); // [B, U]
    Operand<TFloat32> hidden = state.floats(HIDDEN);
    return NamedTensors.of(
        HIDDEN, tf.math.add(hidden, tf.math.mul(gate, tf.math.sub(parts.get(1), hidden))));
  }
}
