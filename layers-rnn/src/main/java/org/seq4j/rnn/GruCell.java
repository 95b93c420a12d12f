package org.seq4j.rnn;

import java.util.List;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The gated recurrent unit (Cho et al. 2014, eq. 5 to 8). The reset gate acts before the product
 * with the recurrent weights, or after it:
 *
 * <pre>
 * r, z = sigmoid(W x + U h + b)
 * before: n = tanh(W x + U (r * h) + b)      after: n = tanh(W x + b + r * (U h + b'))
 * h' = z * h + (1 - z) * n
 * </pre>
 */
public final class GruCell implements Cell {

  /** The configuration of the cell {@code gru}. */
  public record Config(
      @Key(
              doc =
                  "Whether the reset gate acts on the hidden state after its product with the weights"
                      + " (as in cuDNN; faster) or before it (Cho et al. 2014, eq. 8).",
              defaultValue = "true")
          boolean resetAfter) {}

  static final String HIDDEN = "hidden";

  private final boolean resetAfter;

  /** Creates the cell from its configuration. */
  public GruCell(Config config) {
    this.resetAfter = config.resetAfter();
  }

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
    Operand<TFloat32> hidden = state.floats(HIDDEN);
    return NamedTensors.of(
        HIDDEN,
        resetAfter
            ? resetAfter(scope, units, inputs, recurrent, hidden)
            : resetBefore(scope, units, inputs, recurrent, hidden));
  }

  private static Operand<TFloat32> resetAfter(
      Scope scope,
      long units,
      List<Operand<TFloat32>> inputs,
      Operand<TFloat32> recurrent,
      Operand<TFloat32> hidden) {
    Ops tf = scope.tf();
    // In the order r, z, n. Two products, because r multiplies only the hidden state's part of n.
    List<Output<TFloat32>> ofInput =
        Columns.split(tf, scope.linear("input", 3 * units, true, inputs), 2 * units, units);
    List<Output<TFloat32>> ofHidden =
        Columns.split(tf, scope.linear("hidden", 3 * units, true, recurrent), 2 * units, units);
    Operand<TFloat32> gates =
        tf.math.sigmoid(tf.math.add(ofInput.get(0), ofHidden.get(0))); // [B, 2U]
    List<Output<TFloat32>> open = Columns.split(tf, gates, units, units);
    Operand<TFloat32> n =
        tf.math.tanh(
            tf.math.add(ofInput.get(1), tf.math.mul(open.get(0), ofHidden.get(1)))); // [B, U]
    return mix(tf, open.get(1), hidden, n);
  }

  private static Operand<TFloat32> resetBefore(
      Scope scope,
      long units,
      List<Operand<TFloat32>> inputs,
      Operand<TFloat32> recurrent,
      Operand<TFloat32> hidden) {
    Ops tf = scope.tf();
    Operand<TFloat32> gates =
        tf.math.sigmoid(
            scope.linear("gates", 2 * units, true, Columns.beside(inputs, recurrent))); // [B, 2U]
    List<Output<TFloat32>> open = Columns.split(tf, gates, units, units);
    Operand<TFloat32> reset = tf.math.mul(open.get(0), recurrent); // [B, U]
    Operand<TFloat32> n =
        tf.math.tanh(
            scope.linear("candidate", units, true, Columns.beside(inputs, reset))); // [B, U]
    return mix(tf, open.get(1), hidden, n);
  }

  /** Computes {@code z * h + (1 - z) * n}. */
  private static Operand<TFloat32> mix(
      Ops tf, Operand<TFloat32> z, Operand<TFloat32> hidden, Operand<TFloat32> n) {
    return tf.math.add(n, tf.math.mul(z, tf.math.sub(hidden, n))); // [B, U]
  }
}
