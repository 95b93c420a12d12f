package org.seq4j.rnn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997) with forget gates (Gers et al. 2000) and
 * without peepholes:
 *
 * <pre>
 * i, f, o = sigmoid(W x + U h + b)      g = tanh(W x + U h + b)
 * c' = f * c + i * g                    h' = o * tanh(c')
 * </pre>
 */
final class LstmCell implements Cell {
  static final String HIDDEN = "hidden";
  static final String CELL = "cell";

  private final float forgetBias;

  LstmCell(LstmConfig config) {
    this.forgetBias = config.forgetBias();
  }

  @Override
  public List<String> stateNames() {
    return List.of(HIDDEN, CELL);
  }

  @Override
  public NamedTensors step(
      Scope scope, long units, List<Operand<TFloat32>> inputs, NamedTensors state) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> all = new ArrayList<>(inputs);
    all.add(state.floats(HIDDEN));
    // Side by side in the order i, f, o, g: one product, then a function for each gate. One
    // function
    // over three gates would be fewer ops but, at usual sizes, each so large that TensorFlow
    // divides
    // it among threads, which costs more than it saves.
    Operand<TFloat32> gates =
        scope.linear(
            "gates", 4 * units, Initializer.GLOROT, Optional.of(bias(units)), all); // [B, 4U]
    List<Output<TFloat32>> parts = tf.split(tf.constant(1), gates, 4L).output(); // [B, U] each
    Operand<TFloat32> input = tf.math.sigmoid(parts.get(0));
    Operand<TFloat32> forget = tf.math.sigmoid(parts.get(1));
    Operand<TFloat32> output = tf.math.sigmoid(parts.get(2));
    Operand<TFloat32> g = tf.math.tanh(parts.get(3));
    Operand<TFloat32> remembered = tf.math.mul(forget, state.floats(CELL)); // [B, U]
    Operand<TFloat32> cell = tf.math.add(remembered, tf.math.mul(input, g)); // [B, U]
    Operand<TFloat32> hidden = tf.math.mul(output, tf.math.tanh(cell)); // [B, U]
    return NamedTensors.of(HIDDEN, hidden).with(CELL, cell);
  }

  private Initializer bias(long units) {
    return (shape, random) -> {
      float[] values = new float[Math.toIntExact(shape.size())];
      Arrays.fill(values, (int) units, (int) (2 * units), forgetBias);
      return values;
    };
  }
}
