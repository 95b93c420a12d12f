package org.seq4j.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.layers.FeedForward;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A decoder of self-attention over the target so far, attention to the source, and feed-forward
 * layers (Vaswani et al. 2017, section 3.1). Its state is the keys and values of all previous
 * positions, so that a step computes those of one position only; with {@link SimpleRecurrence}
 * instead of self-attention, it is one vector for each layer.
 */
public final class TransformerDecoder implements Decoder {
  private static final String REAL = "real";

  /** The configuration of the decoder {@code transformer}. */
  public record Config(
      @Key(doc = KeyDocs.UNITS, min = 1, example = "256") int units,
      @Key(doc = KeyDocs.LAYERS, defaultValue = "6", min = 1) int layers,
      @Key(doc = KeyDocs.HEADS, defaultValue = "4", min = 1) int heads,
      @Key(doc = KeyDocs.KEY_VALUE_HEADS, min = 1) Optional<Integer> keyValueHeads,
      @Key(doc = KeyDocs.SELF_ATTENTION, defaultValue = "multi-head")
          SelfAttentionType selfAttention,
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
          float activationDropout,
      @Key(
              doc =
                  "The layer whose attention to the source, the mean of its heads, is the"
                      + " decoder's: for alignments, copying and pictures; 1 is the lowest."
                      + " Default: the last but one (Garg et al. 2019).",
              min = 1)
          Optional<Integer> alignmentLayer) {

    /** Checks that the sizes fit together. */
    public Config {
      KeyDocs.checkHeads(units, heads, keyValueHeads);
      KeyDocs.checkPositions(selfAttention, positions);
      if (alignmentLayer.isPresent() && alignmentLayer.get() > layers) {
        throw new IllegalArgumentException(
            "alignment_layer: expected at most the number of layers, "
                + layers
                + ", got "
                + alignmentLayer.get());
      }
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

    /** Returns the index of the layer, from 0. */
    int aligned() {
      return alignmentLayer.orElse(Math.max(layers - 1, 1)) - 1;
    }
  }

  private final LayerSettings settings;
  private final PositionScheme scheme;
  private final Inputs inputs;
  private final TargetHistory history;
  private final SourceAttention sourceAttention;
  private final int aligned;

  /** Creates the decoder from its configuration. */
  public TransformerDecoder(Config config) {
    this.settings = config.settings();
    this.scheme =
        settings.scheme(config.positions(), config.maxPositions(), config.maxDistance(), true);
    this.inputs = new Inputs(scheme, config.units(), config.scaleEmbedding(), config.dropout());
    this.history =
        switch (config.selfAttention()) {
          case MULTI_HEAD -> new SelfAttention(settings.attentionHeads(), scheme.relative());
          case SSRU -> new SimpleRecurrence(config.units());
        };
    this.sourceAttention = new SourceAttention(settings.attentionHeads());
    this.aligned = config.aligned();
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory) {
    Ops tf = scope.tf();
    Operand<TInt32> lengths = memory.sequence().lengths();
    NamedTensors prepared =
        NamedTensors.of(
            REAL, Masks.real(tf, lengths, Shapes.size(tf, memory.sequence().values(), 1)));
    if (memory.isEmpty()) { // a language model: layers without attention to a source
      return prepared;
    }
    Sequence source =
        new Sequence(Masks.zeroPadding(tf, memory.sequence().values(), lengths), lengths);
    for (int n = 0; n < settings.layers(); n++) {
      Scope at = Layers.scope(scope, n).child(Layers.SOURCE);
      prepared = prepared.with(Layers.name(n), sourceAttention.prepare(at, source));
    }
    return prepared;
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    NamedTensors state = NamedTensors.EMPTY;
    for (int n = 0; n < settings.layers(); n++) {
      state = state.with(Layers.name(n), history.initialState(scope.tf(), prepared.bools(REAL)));
    }
    return state;
  }

  @Override
  public Step step(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> input,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TInt32> query = tf.expandDims(position, tf.constant(0)); // [1]
    Operand<TInt32> keys = Inputs.positions(tf, tf.math.add(position, tf.constant(1)));
    Operand<TFloat32> embedded = // [B·K, D]
        Shapes.flatten(
            tf, inputs.of(scope, tf.expandDims(input, tf.constant(1)), query), settings.units());
    SelfAttention.Context context =
        new SelfAttention.Context(scheme.rotation(tf, query), scheme.bias(scope, query, keys));
    List<NamedTensors> next = new ArrayList<>();
    Result result =
        layers(
            scope,
            prepared,
            embedded,
            (layer, at, x) -> {
              TargetHistory.Step step =
                  history.step(at, x, keys, state.under(Layers.name(layer)), context);
              next.add(step.state());
              return step.output();
            });
    NamedTensors all = NamedTensors.EMPTY;
    for (int n = 0; n < settings.layers(); n++) {
      all = all.with(Layers.name(n), next.get(n));
    }
    return new Step(
        result.output(),
        all,
        result.weights().map(weights -> AttentionMemory.asState(tf, weights)),
        NamedTensors.EMPTY);
  }

  /** All steps at once: each position reads those up to itself. */
  @Override
  public DecoderOutput decode(Scope scope, Memory memory, Sequence targets) {
    Ops tf = scope.tf();
    Operand<TInt32> lengths = targets.lengths();
    Operand<TInt32> positions = Inputs.positions(tf, Shapes.size(tf, targets.values(), 1));
    Operand<TFloat32> embedded = // [B, T, D]
        inputs.of(scope, Masks.zeroPadding(tf, targets.values(), lengths), positions);
    Operand<TFloat32> causal = AttentionMasks.causal(tf, positions);
    SelfAttention.Context context =
        new SelfAttention.Context(
            scheme.rotation(tf, positions),
            Optional.of(
                scheme
                    .bias(scope, positions, positions)
                    .<Operand<TFloat32>>map(bias -> tf.math.add(bias, causal))
                    .orElse(causal)));
    Result result =
        layers(
            scope,
            prepare(scope, memory),
            embedded,
            (layer, at, x) -> history.all(at, x, lengths, context));
    return new DecoderOutput(
        Masks.zeroPadding(tf, result.output(), lengths),
        result.weights().map(weights -> Masks.zeroPadding(tf, weights, lengths)),
        NamedTensors.EMPTY);
  }

  /** The sublayer that reads the target, of all positions or of the next one. */
  @FunctionalInterface
  private interface Sublayer {
    Operand<TFloat32> of(int layer, Scope scope, Operand<TFloat32> x);
  }

  /**
   * The result of all layers.
   *
   * @param output {@code [B, T, D]} or {@code [B·K, D]}
   * @param weights attention to the source, {@code [B, T, S]} or {@code [B, K, S]}, 0 on padding;
   *     none without a source
   */
  private record Result(Operand<TFloat32> output, Optional<Operand<TFloat32>> weights) {}

  /**
   * Computes all layers.
   *
   * @param x {@code [B, T, D]} or, in a step, {@code [B·K, D]}
   */
  private Result layers(
      Scope scope, NamedTensors prepared, Operand<TFloat32> x, Sublayer ofTarget) {
    Ops tf = scope.tf();
    Operand<TBool> real = prepared.bools(REAL);
    Operand<TFloat32> mask = AttentionMasks.padding(tf, real);
    Residual residual = settings.residual();
    List<Operand<TFloat32>> weights = new ArrayList<>();
    boolean hasSource = prepared.size() > 1;
    for (int n = 0; n < settings.layers(); n++) {
      int layer = n;
      Scope at = Layers.scope(scope, n);
      x = residual.around(at, Layers.SELF, x, y -> ofTarget.of(layer, at.child(Layers.SELF), y));
      if (hasSource) {
        x =
            residual.around(
                at,
                Layers.SOURCE,
                x,
                y -> {
                  SourceAttention.Attended attended =
                      sourceAttention.attend(
                          at.child(Layers.SOURCE),
                          prepared.under(Layers.name(layer)),
                          mask,
                          perSource(tf, y, real));
                  weights.add(attended.weights());
                  return likeRows(tf, attended.output(), y);
                });
      }
      x = residual.around(at, Layers.FEED_FORWARD, x, y -> settings.feedForward(at, y));
    }
    Operand<TFloat32> output = residual.last(scope, x);
    if (!hasSource) {
      return new Result(output, Optional.empty());
    }
    Operand<TFloat32> mean = tf.math.mean(weights.get(aligned), tf.constant(1)); // of the heads
    return new Result(
        output, Optional.of(tf.select(tf.expandDims(real, tf.constant(1)), mean, tf.constant(0f))));
  }

  /** Hypotheses of a source are its queries: {@code [B·K, D]} to {@code [B, K, D]}. */
  private static Operand<TFloat32> perSource(
      Ops tf, Operand<TFloat32> x, Operand<TBool> perSource) {
    return x.shape().numDimensions() == 2 ? Shapes.queries(tf, x, perSource) : x;
  }

  private static Operand<TFloat32> likeRows(
      Ops tf, Operand<TFloat32> output, Operand<TFloat32> like) {
    return like.shape().numDimensions() == 2
        ? Shapes.flatten(tf, output, output.shape().get(-1))
        : output;
  }
}
