package org.seq4j.transformer;

import java.util.Optional;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.FeedForward;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An encoder of self-attention and feed-forward layers (Vaswani et al. 2017, section 3.1).
 *
 * <p>Its final state, {@code layer.0.hidden}, is the mean of its outputs.
 */
public final class TransformerEncoder implements Encoder {

  /** The configuration of the encoder {@code transformer}. */
  public record Config(
      @Key(doc = KeyDocs.UNITS, min = 1, example = "256") int units,
      @Key(doc = KeyDocs.LAYERS, defaultValue = "6", min = 1) int layers,
      @Key(doc = KeyDocs.HEADS, defaultValue = "4", min = 1) int heads,
      @Key(doc = KeyDocs.KEY_VALUE_HEADS, min = 1) Optional<Integer> keyValueHeads,
      @Key(doc = KeyDocs.FEED_FORWARD, min = 1) Optional<Integer> feedForward,
      @Key(doc = KeyDocs.ACTIVATION, defaultValue = "relu") FeedForward.Activation activation,
      @Key(doc = KeyDocs.NORM, defaultValue = "pre") Norm norm,
      @Key(doc = KeyDocs.POSITIONS, defaultValue = "sinusoidal") PositionEncoding positions,
      @Key(doc = KeyDocs.MAX_POSITIONS, defaultValue = "512", min = 1) int maxPositions,
      @Key(doc = KeyDocs.MAX_DISTANCE, min = KeyDocs.MIN_DISTANCE) Optional<Integer> maxDistance,
      @Key(doc = KeyDocs.SCALE_EMBEDDING, defaultValue = "false") boolean scaleEmbedding,
      @Key(doc = KeyDocs.DROPOUT, defaultValue = "0.0", min = 0, max = 0.99) float dropout,
      @Key(doc = KeyDocs.ATTENTION_DROPOUT, defaultValue = "0.0", min = 0, max = 0.99)
          float attentionDropout,
      @Key(doc = KeyDocs.ACTIVATION_DROPOUT, defaultValue = "0.0", min = 0, max = 0.99)
          float activationDropout) {

    /** Checks that the sizes fit together. */
    public Config {
      KeyDocs.checkHeads(units, heads, keyValueHeads);
    }

    LayerSettings settings() {
      return new LayerSettings(
          layers,
          units,
          heads,
          keyValueHeads.orElse(heads),
          new FeedForward(feedForward.orElse(4 * units), activation, activationDropout),
          norm,
          dropout,
          attentionDropout);
    }
  }

  private final LayerSettings settings;
  private final PositionScheme scheme;
  private final Inputs inputs;
  private final SelfAttention attention;

  /** Creates the encoder from its configuration. */
  public TransformerEncoder(Config config) {
    this.settings = config.settings();
    this.scheme =
        settings.scheme(config.positions(), config.maxPositions(), config.maxDistance(), false);
    this.inputs = new Inputs(scheme, config.units(), config.scaleEmbedding(), config.dropout());
    this.attention = new SelfAttention(settings.attentionHeads(), scheme.relative());
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Ops tf = scope.tf();
    Operand<TInt32> size = Shapes.size(tf, source.values(), 1);
    Operand<TInt32> positions = Inputs.positions(tf, size);
    Operand<TFloat32> x = // [B, S, D]
        inputs.of(scope, Masks.zeroPadding(tf, source.values(), source.lengths()), positions);
    Operand<TBool> real = Masks.real(tf, source.lengths(), size);
    Operand<TFloat32> mask = AttentionMasks.padding(tf, real);
    SelfAttention.Context context =
        new SelfAttention.Context(
            scheme.rotation(tf, positions),
            Optional.of(
                scheme
                    .bias(scope, positions, positions)
                    .<Operand<TFloat32>>map(bias -> tf.math.add(bias, mask))
                    .orElse(mask)));
    Residual residual = settings.residual();
    for (int n = 0; n < settings.layers(); n++) {
      Scope at = Layers.scope(scope, n);
      x =
          residual.around(
              at, Layers.SELF, x, y -> attention.all(at.child(Layers.SELF), y, context));
      x = residual.around(at, Layers.FEED_FORWARD, x, y -> settings.feedForward(at, y));
    }
    Operand<TFloat32> outputs = Masks.zeroPadding(tf, residual.last(scope, x), source.lengths());
    return new Memory(
        new Sequence(outputs, source.lengths()),
        NamedTensors.of("layer.0.hidden", Masks.mean(tf, outputs, source.lengths())),
        1);
  }
}
