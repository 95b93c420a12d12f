package org.seq4j.rnn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.layers.Positions;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Decoder;
import org.seq4j.core.model.DecoderOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A decoder of causal convolutions with gated linear units, residual connections and attention in
 * each layer (Gehring et al. 2017, section 3). The lowest layer reads {@code g}, a linear map of
 * embeddings of the previous token and the position. A layer computes, with {@code r = sqrt(0.5)}:
 *
 * <pre>
 * [a, b] = W [x of the position and the K - 1 before]    y = a * sigmoid(b)
 * d = (W_d y + g) * r    c = sum of softmax(d · key) * value    (eq. 1 and 2)
 * x' = (x + (y + W_c c) * r) * r
 * </pre>
 *
 * <p>Keys are a linear map of the encoder's outputs z, the same in all layers. Values are z; in the
 * paper they are the sum of z and the embeddings of the source, which a decoder does not receive.
 * They are multiplied by the square root of the source's length (section 3.5).
 *
 * <p>The state is the input of each layer at the previous K - 1 positions; its size does not grow.
 */
public final class ConvolutionalDecoder implements Decoder {

  /** The configuration of the decoder {@code convolutional}. */
  public record Config(
      @Key(doc = "The size of each layer and of the decoder's output.", min = 1, example = "256")
          int units,
      @Key(doc = "The number of layers.", defaultValue = "4", min = 1) int layers,
      @Key(
              doc =
                  "The width of a convolution: the number of positions that it reads, the last of"
                      + " which is the current one.",
              defaultValue = "3",
              min = 2)
          int width,
      @Key(
              doc = "The number of position embeddings; later positions use the last one.",
              defaultValue = "512",
              min = 1)
          int positions,
      @Key(
              doc = "The dropout rate of each layer's input, of the embeddings and of the output.",
              defaultValue = "0.0",
              min = 0,
              max = 0.99)
          float dropout,
      @Key(
              doc =
                  "The layer whose attention to the source is the decoder's: for alignments,"
                      + " copying and pictures; 1 is the lowest. Default: the mean of all layers.",
              min = 1)
          Optional<Integer> alignmentLayer) {

    /** Checks that the layer of the alignment exists. */
    public Config {
      if (alignmentLayer.isPresent() && alignmentLayer.get() > layers) {
        throw new IllegalArgumentException(
            "alignment_layer: expected at most the number of layers, "
                + layers
                + ", got "
                + alignmentLayer.get());
      }
    }
  }

  private static final String REAL = "real";
  private static final String KEYS = "keys";
  private static final float HALF = (float) Math.sqrt(0.5); // keeps the variance of a sum

  private final Config config;

  /** Creates the decoder from its configuration. */
  public ConvolutionalDecoder(Config config) {
    this.config = config;
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory) {
    Ops tf = scope.tf();
    Operand<TInt32> lengths = memory.sequence().lengths();
    if (memory.isEmpty()) { // a language model: layers without attention to a source
      return NamedTensors.of(
          REAL, Masks.real(tf, lengths, Shapes.size(tf, memory.sequence().values(), 1)));
    }
    AttentionMemory outputs = AttentionMemory.of(tf, memory);
    Operand<TFloat32> root = tf.math.sqrt(tf.dtypes.cast(lengths, TFloat32.class)); // [B]
    Operand<TFloat32> scale = tf.reshape(root, tf.constant(new int[] {-1, 1, 1}));
    return new AttentionMemory(
            // Without a bias, which would add the same to the scores of all positions.
            scope.linear("key", config.units(), false, outputs.values()),
            tf.math.mul(outputs.values(), scale),
            outputs.real())
        .forProducts(scope);
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    Operand<TFloat32> zeros = Shapes.zeros(scope.tf(), prepared.bools(REAL), config.units());
    List<String> names = stateNames();
    return NamedTensors.of(names, Collections.nCopies(names.size(), zeros));
  }

  private List<String> stateNames() {
    List<String> names = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (int offset = 0; offset < config.width() - 1; offset++) {
        names.add(previous(layer, offset));
      }
    }
    return names;
  }

  /** Returns the name of a layer's input at a position before the current one, oldest first. */
  private static String previous(int layer, int offset) {
    return "layer." + layer + ".previous." + offset;
  }

  @Override
  public Step step(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> input,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TFloat32> vectors = // [1, E]
        Positions.vectors(
            scope,
            tf.expandDims(position, tf.constant(0)),
            input.shape().get(-1),
            config.positions());
    List<Operand<TFloat32>> next = new ArrayList<>();
    Result result =
        layers(
            scope,
            prepared,
            tf.math.add(input, vectors),
            (layer, x) -> {
              List<Operand<TFloat32>> window = new ArrayList<>();
              for (int offset = 0; offset < config.width() - 1; offset++) {
                window.add(state.floats(previous(layer, offset)));
              }
              window.add(x);
              next.addAll(window.subList(1, window.size()));
              return window;
            });
    return new Step(
        result.output(),
        NamedTensors.of(stateNames(), next),
        result.weights().map(weights -> AttentionMemory.asState(tf, weights)),
        NamedTensors.EMPTY);
  }

  /** All steps at once: the window of each position ends with it. */
  @Override
  public DecoderOutput decode(Scope scope, Memory memory, Sequence inputs) {
    Ops tf = scope.tf();
    Operand<TInt32> lengths = inputs.lengths();
    Result result =
        layers(
            scope,
            prepare(scope, memory),
            Positions.embed(scope, inputs, config.positions()),
            (layer, x) -> Positions.causalWindow(tf, x, config.width()));
    return new DecoderOutput(
        Masks.zeroPadding(tf, result.output(), lengths),
        result.weights().map(weights -> Masks.zeroPadding(tf, weights, lengths)),
        NamedTensors.EMPTY);
  }

  /** The inputs of a convolution: those of previous positions, then the current ones. */
  @FunctionalInterface
  private interface Windows {
    List<Operand<TFloat32>> of(int layer, Operand<TFloat32> x);
  }

  /**
   * The result of all layers.
   *
   * @param output {@code [B, T, U]} or {@code [B·K, U]}
   * @param weights attention to the source, {@code [B, T, S]} or {@code [B, K, S]}, 0 on padding;
   *     none without a source
   */
  private record Result(Operand<TFloat32> output, Optional<Operand<TFloat32>> weights) {}

  /**
   * Computes all layers.
   *
   * @param embedded {@code [B, T, E]} or, in a step, {@code [B·K, E]}
   */
  private Result layers(
      Scope scope, NamedTensors prepared, Operand<TFloat32> embedded, Windows windows) {
    Operand<TFloat32> g =
        scope.linear("input", config.units(), true, scope.dropout(embedded, config.dropout()));
    Operand<TFloat32> x = g; // [B, T, U] or [B·K, U]
    List<Operand<TFloat32>> weights = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      Scope at = Layer.scope(scope, layer);
      List<Operand<TFloat32>> window = windows.of(layer, at.dropout(x, config.dropout()));
      Operand<TFloat32> y = gated(at, window);
      if (prepared.has(KEYS)) {
        Operand<TFloat32> query = sum(at, at.linear("query", config.units(), true, y), g);
        AttentionOutput attended = attend(at, prepared, query);
        weights.add(attended.weights());
        y = sum(at, y, at.linear("context", config.units(), true, like(at, attended, y)));
      }
      x = sum(at, x, y);
    }
    return new Result(
        scope.child("output").dropout(x, config.dropout()),
        weights.isEmpty() ? Optional.empty() : Optional.of(shown(scope, weights)));
  }

  private Operand<TFloat32> gated(Scope at, List<Operand<TFloat32>> window) {
    Ops tf = at.tf();
    Operand<TFloat32> sums = at.linear("convolution", 2L * config.units(), true, window);
    List<Output<TFloat32>> halves = tf.split(tf.constant(-1), sums, 2L).output();
    return tf.math.mul(halves.get(0), tf.math.sigmoid(halves.get(1)));
  }

  private static Operand<TFloat32> sum(Scope at, Operand<TFloat32> x, Operand<TFloat32> y) {
    Ops tf = at.tf();
    return tf.math.mul(tf.math.add(x, y), tf.constant(HALF));
  }

  /** Attends to the source; hypotheses of a source are its queries. */
  private static AttentionOutput attend(Scope at, NamedTensors prepared, Operand<TFloat32> query) {
    Ops tf = at.tf();
    AttentionMemory memory = AttentionMemory.of(prepared);
    Operand<TFloat32> perSource =
        query.shape().numDimensions() == 2 ? Shapes.queries(tf, query, memory.real()) : query;
    return memory.mean(tf, AttentionMemory.products(at, prepared, perSource), Normalizer.SOFTMAX);
  }

  /** Returns the context with rows like those of y. */
  private static Operand<TFloat32> like(Scope at, AttentionOutput attended, Operand<TFloat32> y) {
    Operand<TFloat32> context = attended.context();
    return y.shape().numDimensions() == 2
        ? Shapes.flatten(at.tf(), context, context.shape().get(-1))
        : context;
  }

  private Operand<TFloat32> shown(Scope scope, List<Operand<TFloat32>> weights) {
    Ops tf = scope.tf();
    return config
        .alignmentLayer()
        .map(layer -> weights.get(layer - 1))
        .orElseGet(() -> tf.math.mul(tf.math.addN(weights), tf.constant(1f / weights.size())));
  }
}
