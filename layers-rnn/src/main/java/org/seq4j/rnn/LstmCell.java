package org.seq4j.rnn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.LayerNorm;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997) with forget gates (Gers et al. 2000):
 *
 * <pre>
 * i, f, o = sigmoid(W x + U h + b)      g = tanh(W x + U h + b)
 * c' = f * c + i * g                    h' = o * tanh(c')
 * </pre>
 *
 * <p>With peepholes (Gers and Schmidhuber 2000), {@code p * c} is added to the sums of i and f, and
 * {@code p * c'} to that of o. With layer normalization (Ba et al. 2016, eq. 20 to 22) the sums are
 * {@code LN(W x) + LN(U h) + b}, and {@code h' = o * tanh(LN(c'))}.
 */
public final class LstmCell implements Cell {

  /** The configuration of the cell {@code lstm}. */
  public record Config(
      @Key(
              doc =
                  "Initial bias of the forget gates. If it is positive, the cell remembers"
                      + " before it has learned what to forget (Gers et al. 2000).",
              defaultValue = "1.0")
          float forgetBias,
      @Key(
              doc =
                  "Whether the cell has peepholes: each gate unit also reads its own cell"
                      + " state (Gers and Schmidhuber 2000).",
              defaultValue = "false")
          boolean peepholes,
      @Key(
              doc =
                  "Whether layer normalization is applied to the products of input and hidden"
                      + " state and to the cell state (Ba et al. 2016, eq. 20 to 22).",
              defaultValue = "false")
          boolean layerNorm) {}

  static final String HIDDEN = "hidden";
  static final String CELL = "cell";

  private final Config config;

  /** Creates the cell from its configuration. */
  public LstmCell(Config config) {
    this.config = config;
  }

  @Override
  public List<String> stateNames() {
    return List.of(HIDDEN, CELL);
  }

  @Override
  public NamedTensors step(
      Scope scope,
      long units,
      List<Operand<TFloat32>> inputs,
      Operand<TFloat32> recurrent,
      NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TFloat32> before = state.floats(CELL);
    // Concatenated in the order i, f, o, g: one product, then one function per gate. One function
    // of three gates would be fewer ops, but at usual sizes TensorFlow would divide it among
    // threads, which costs more than it saves.
    List<Output<TFloat32>> sums = // [B, U] each
        tf.split(tf.constant(1), sums(scope, units, inputs, recurrent), 4L).output();
    Operand<TFloat32> input =
        tf.math.sigmoid(seeing(scope, "input_peephole", units, sums.get(0), before));
    Operand<TFloat32> forget =
        tf.math.sigmoid(seeing(scope, "forget_peephole", units, sums.get(1), before));
    Operand<TFloat32> g = tf.math.tanh(sums.get(3));
    Operand<TFloat32> remembered = tf.math.mul(forget, before); // [B, U]
    Operand<TFloat32> cell = tf.math.add(remembered, tf.math.mul(input, g)); // [B, U]
    Operand<TFloat32> output =
        tf.math.sigmoid(seeing(scope, "output_peephole", units, sums.get(2), cell));
    Operand<TFloat32> shown =
        config.layerNorm() ? LayerNorm.biased(scope, "cell_norm", cell) : cell;
    Operand<TFloat32> hidden = tf.math.mul(output, tf.math.tanh(shown)); // [B, U]
    return NamedTensors.of(HIDDEN, hidden).with(CELL, cell);
  }

  /** Computes the sums of all gates, {@code [B, 4U]}. */
  private Operand<TFloat32> sums(
      Scope scope, long units, List<Operand<TFloat32>> inputs, Operand<TFloat32> recurrent) {
    if (!config.layerNorm()) {
      return scope.linear(
          "gates",
          4 * units,
          Initializer.GLOROT,
          Optional.of(bias(units)),
          Columns.beside(inputs, recurrent));
    }
    Ops tf = scope.tf();
    Operand<TFloat32> ofInput =
        LayerNorm.of(scope, "input_norm", scope.linear("input", 4 * units, false, inputs));
    Operand<TFloat32> ofHidden =
        LayerNorm.of(scope, "hidden_norm", scope.linear("hidden", 4 * units, false, recurrent));
    return tf.nn.biasAdd(
        tf.math.add(ofInput, ofHidden), scope.parameter("bias", Shape.of(4 * units), bias(units)));
  }

  private Operand<TFloat32> seeing(
      Scope scope, String name, long units, Operand<TFloat32> sum, Operand<TFloat32> cell) {
    if (!config.peepholes()) {
      return sum;
    }
    Ops tf = scope.tf();
    Operand<TFloat32> weights = scope.parameter(name, Shape.of(units), Initializer.ZEROS);
    return tf.math.add(sum, tf.math.mul(weights, cell));
  }

  private Initializer bias(long units) {
    return (shape, random) -> {
      float[] values = new float[Math.toIntExact(shape.size())];
      Arrays.fill(values, (int) units, (int) (2 * units), config.forgetBias());
      return values;
    };
  }
}
