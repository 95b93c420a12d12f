package org.seq4j.rnn;

import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Recurrent layers over the source, in one direction or in both. */
public final class RnnEncoder implements Encoder {

  /** The keys of the encoder {@code rnn}. */
  public record Config(
      @Key(doc = "The cell of every layer.", defaultValue = "{type: lstm}") Component<Cell> cell,
      @Key(doc = "The size of each layer's state, in each direction.", min = 1, example = "256")
          int units,
      @Key(doc = "How many layers stand one above the other.", defaultValue = "1", min = 1)
          int layers,
      @Key(
              doc =
                  "Whether layers also read from the end to the start (Bahdanau et al. 2015, section"
                      + " 3.2).",
              defaultValue = "false")
          boolean bidirectional,
      @Key(
              doc =
                  "How many layers read in both directions, from the lowest up: 1 as in Wu et al. 2016,"
                      + " section 3.2. Needs bidirectional: true, and is all layers unless given.",
              min = 1)
          Optional<Integer> bidirectionalLayers,
      @Key(
              doc =
                  "How what two directions find becomes one: concat (side by side, 2 * units deep) or"
                      + " sum.",
              defaultValue = "concat")
          Merge merge,
      @Key(
              doc =
                  "The share of each layer's input that is set to zero in training, the embedded"
                      + " source included (Zaremba et al. 2014).",
              defaultValue = "0.0",
              min = 0,
              max = 0.99)
          float dropout,
      @Key(
              doc = "The share of the last layer's output that is set to zero in training.",
              defaultValue = "0.0",
              min = 0,
              max = 0.99)
          float outputDropout,
      @Key(
              doc =
                  "The share of each layer's units that its products with the step before do not see"
                      + " in training, the same ones at all steps (Gal and Ghahramani 2016). Cells"
                      + " without such products, as min-gru, have none of it.",
              defaultValue = "0.0",
              min = 0,
              max = 0.99)
          float recurrentDropout,
      @Key(
              doc =
                  "Whether the input of each layer from the second on is added to its output (Wu et"
                      + " al. 2016, section 3.1), where both are of one size.",
              defaultValue = "false")
          boolean residual) {

    /** Checks the rules across keys. */
    public Config {
      if (bidirectionalLayers.isPresent() && !bidirectional) {
        throw new IllegalArgumentException(
            "bidirectional_layers needs bidirectional: true: add that, or leave bidirectional_layers"
                + " out");
      }
      if (bidirectionalLayers.orElse(1) > layers) {
        throw new IllegalArgumentException(
            "bidirectional_layers: expected at most as many as there are layers, "
                + layers
                + ", got "
                + bidirectionalLayers.get());
      }
    }

    /** How many layers, from the lowest up, read in both directions. */
    int layersOfBothDirections() {
      return bidirectional ? bidirectionalLayers.orElse(layers) : 0;
    }
  }

  private final Config config;
  private final Layer layer;

  /** Takes its keys and makes its cell. */
  public RnnEncoder(Config config, ComponentContext context) {
    this.config = config;
    this.layer =
        new Layer(config.cell().create(context), config.units(), config.recurrentDropout());
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Operand<TFloat32> x = source.values(); // [B, S, E]
    NamedTensors finalState = NamedTensors.EMPTY;
    for (int n = 0; n < config.layers(); n++) {
      Scope at = Layer.scope(scope, n);
      // Before the loop rather than in it, where the products would no longer be of its own inputs.
      Sequence input = new Sequence(at.dropout(x, config.dropout()), source.lengths());
      SourceLayer.Run run =
          new SourceLayer(layer, n < config.layersOfBothDirections(), config.merge())
              .run(at, input);
      x = config.residual() && n > 0 ? above(at, x, run.outputs()) : run.outputs();
      finalState = finalState.with(Layer.name(n), run.finalState());
    }
    Operand<TFloat32> outputs = scope.child("output").dropout(x, config.outputDropout());
    return new Memory(new Sequence(outputs, source.lengths()), finalState, 1);
  }

  /** The sum, where both are of one size. */
  private static Operand<TFloat32> above(
      Scope scope, Operand<TFloat32> input, Operand<TFloat32> output) {
    boolean equal = input.shape().get(-1) == output.shape().get(-1);
    return equal ? scope.tf().math.add(output, input) : output;
  }
}
