package org.seq4j.rnn;

import java.util.List;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Cell;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An encoder of recurrent layers with fewer time steps from layer to layer (Chan et al. 2016,
 * section 3.1, eq. 5). The last group of outputs is padded with zeros.
 */
public final class PyramidalEncoder implements Encoder {

  /** The configuration of the encoder {@code pyramidal}. */
  public record Config(
      @Key(doc = "The cell of every layer.", defaultValue = "{type: lstm}") Component<Cell> cell,
      @Key(
              doc = "The size of the hidden state of each layer, in each direction.",
              min = 1,
              example = "256")
          int units,
      @Key(
              doc = "The number of layers; between two layers the sequence is shortened.",
              defaultValue = "3",
              min = 2)
          int layers,
      @Key(
              doc =
                  "The number of consecutive outputs of a layer that are concatenated to one"
                      + " input of the next.",
              defaultValue = "2",
              min = 2,
              max = 16)
          int factor,
      @Key(doc = "Whether the layers are bidirectional.", defaultValue = "true")
          boolean bidirectional,
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
              doc =
                  "The dropout rate of the hidden state in recurrent products, with the same"
                      + " mask at all steps (Gal and Ghahramani 2016).",
              defaultValue = "0.0",
              min = 0,
              max = 0.99)
          float recurrentDropout) {}

  private final Config config;
  private final SourceLayer layer;

  /** Creates the encoder from its configuration. */
  public PyramidalEncoder(Config config, ComponentContext context) {
    this.config = config;
    this.layer =
        new SourceLayer(
            new Layer(config.cell().create(context), config.units(), config.recurrentDropout()),
            config.bidirectional(),
            config.merge());
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Sequence x = source;
    NamedTensors finalState = NamedTensors.EMPTY;
    int stride = 1;
    for (int n = 0; n < config.layers(); n++) {
      Scope at = Layer.scope(scope, n);
      Sequence below = n == 0 ? x : shortened(at.tf(), x);
      stride = n == 0 ? stride : stride * config.factor();
      SourceLayer.Run run =
          layer.run(
              at, new Sequence(at.dropout(below.values(), config.dropout()), below.lengths()));
      x = new Sequence(run.outputs(), below.lengths());
      finalState = finalState.with(Layer.name(n), run.finalState());
    }
    return new Memory(x, finalState, stride);
  }

  /**
   * Concatenates groups of outputs: {@code [B, T, D]}, 0 beyond each length, to {@code [B, ceil(T /
   * f), f·D]}.
   */
  private Sequence shortened(Ops tf, Sequence x) {
    Operand<TInt32> factor = tf.constant(config.factor());
    Operand<TInt32> groups = groups(tf, Shapes.size(tf, x.values(), 1));
    Operand<TInt32> missing =
        tf.math.sub(tf.math.mul(groups, factor), Shapes.size(tf, x.values(), 1));
    Operand<TInt32> none = tf.constant(new int[] {0, 0});
    Operand<TInt32> behind = tf.stack(List.of(tf.constant(0), missing));
    Operand<TFloat32> padded =
        tf.pad(x.values(), tf.stack(List.of(none, behind, none)), tf.constant(0f));
    Operand<TFloat32> values =
        tf.reshape(
            padded,
            tf.stack(
                List.of(
                    Shapes.size(tf, padded, 0),
                    groups,
                    tf.constant((int) (config.factor() * x.depth())))));
    return new Sequence(values, groups(tf, x.lengths()));
  }

  private Operand<TInt32> groups(Ops tf, Operand<TInt32> sizes) {
    return tf.math.floorDiv(
        tf.math.add(sizes, tf.constant(config.factor() - 1)), tf.constant(config.factor()));
  }
}
