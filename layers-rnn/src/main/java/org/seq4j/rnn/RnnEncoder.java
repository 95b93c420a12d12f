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

/** An encoder of recurrent layers, unidirectional or bidirectional. */
public final class RnnEncoder implements Encoder {

  /** The configuration of the encoder {@code rnn}. */
  public record Config(
      @Key(doc = "The cell of every layer.", defaultValue = "{type: lstm}") Component<Cell> cell,
      @Key(
              doc = "The size of the hidden state of each layer, in each direction.",
              min = 1,
              example = "256")
          int units,
      @Key(doc = "The number of layers.", defaultValue = "1", min = 1) int layers,
      @Key(
              doc = "Whether the layers are bidirectional (Bahdanau et al. 2015, section 3.2).",
              defaultValue = "false")
          boolean bidirectional,
      @Key(
              doc =
                  "The number of bidirectional layers, from the lowest up: 1 as in Wu et al."
                      + " 2016, section 3.2. Needs bidirectional: true. Default: all layers.",
              min = 1)
          Optional<Integer> bidirectionalLayers,
      @Key(
              doc = "The way to merge the two directions: concat (2 * units deep) or sum.",
              defaultValue = "concat")
          Merge merge,
      @Key(
              doc =
                  "The dropout rate of each layer's input, including the embedded source"
                      + " (Zaremba et al. 2014).",
              defaultValue = "0.0",
              min = 0,
              max = 0.99)
          float dropout,
      @Key(
              doc = "The dropout rate of the last layer's output.",
              defaultValue = "0.0",
              min = 0,
              max = 0.99)
          float outputDropout,
      @Key(
              doc =
                  "The dropout rate of the hidden state in recurrent products, with the same"
                      + " mask at all steps (Gal and Ghahramani 2016). It has no effect on cells"
                      + " without recurrent products, such as min-gru.",
              defaultValue = "0.0",
              min = 0,
              max = 0.99)
          float recurrentDropout,
      @Key(
              doc =
                  "Whether residual connections add the input of each layer, from the second"
                      + " on, to its output, if both have the same size (Wu et al. 2016, section"
                      + " 3.1).",
              defaultValue = "false")
          boolean residual) {

    /** Checks the rules across keys. */
    public Config {
      if (bidirectionalLayers.isPresent() && !bidirectional) {
        throw new IllegalArgumentException(
            "bidirectional_layers needs bidirectional: true: add it, or remove"
                + " bidirectional_layers");
      }
      if (bidirectionalLayers.orElse(1) > layers) {
        throw new IllegalArgumentException(
            "bidirectional_layers: expected at most the number of layers, "
                + layers
                + ", got "
                + bidirectionalLayers.get());
      }
    }

    /** Returns the number of bidirectional layers, from the lowest up. */
    int layersOfBothDirections() {
      return bidirectional ? bidirectionalLayers.orElse(layers) : 0;
    }
  }

  private final Config config;
  private final Layer layer;

  /** Creates the encoder from its configuration. */
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
      // Dropout before the loop, because only products of unchanged inputs are computed before the
      // loop.
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

  /** Adds the input of a layer to its output, if both have the same size. */
  private static Operand<TFloat32> above(
      Scope scope, Operand<TFloat32> input, Operand<TFloat32> output) {
    boolean equal = input.shape().get(-1) == output.shape().get(-1);
    return equal ? scope.tf().math.add(output, input) : output;
  }
}
