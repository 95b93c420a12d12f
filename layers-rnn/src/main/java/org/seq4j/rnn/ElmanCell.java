package org.seq4j.rnn;

import java.util.List;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** The simple recurrent cell (Elman 1990): {@code h' = tanh(W x + U h + b)}, or with relu. */
public final class ElmanCell implements Cell {

  /** The configuration of the cell {@code rnn}. */
  public record Config(
      @Key(doc = "The activation function: tanh or relu.", defaultValue = "tanh")
          Activation activation) {

    /** The activation function. */
    public enum Activation {
      /** Hyperbolic tangent, between -1 and 1. */
      TANH,
      /** {@code max(0, x)}. */
      RELU
    }
  }

  static final String HIDDEN = "hidden";

  private final Config config;

  /** Creates the cell from its configuration. */
  public ElmanCell(Config config) {
    this.config = config;
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
    Operand<TFloat32> sum =
        scope.linear("hidden", units, true, Columns.beside(inputs, recurrent)); // [B, U]
    return NamedTensors.of(
        HIDDEN,
        switch (config.activation()) {
          case TANH -> scope.tf().math.tanh(sum);
          case RELU -> scope.tf().nn.relu(sum);
        });
  }
}
