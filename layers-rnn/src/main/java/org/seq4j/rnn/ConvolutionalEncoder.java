package org.seq4j.rnn;

import java.util.List;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.Positions;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An encoder of convolutions with gated linear units and residual connections (Gehring et al. 2017,
 * section 3.2): {@code x' = (x + a * sigmoid(b)) * sqrt(0.5)} with {@code [a, b] = W [x of the
 * window]}.
 *
 * <p>Its final state, {@code layer.0.hidden}, is the mean of its outputs.
 */
public final class ConvolutionalEncoder implements Encoder {

  /** The configuration of the encoder {@code convolutional}. */
  public record Config(
      @Key(doc = "The size of each layer and of the encoder outputs.", min = 1, example = "256")
          int units,
      @Key(doc = "The number of layers.", defaultValue = "4", min = 1) int layers,
      @Key(
              doc = "The width of a convolution in positions, an odd number.",
              defaultValue = "3",
              min = 1)
          int width,
      @Key(
              doc = "The number of position embeddings; later positions use the last one.",
              defaultValue = "512",
              min = 1)
          int positions,
      @Key(
              doc = "The dropout rate of each layer's input.",
              defaultValue = "0.0",
              min = 0,
              max = 0.99)
          float dropout) {

    /** Checks that the width is odd. */
    public Config {
      Positions.checkWidth(width);
    }
  }

  private static final float HALF = (float) Math.sqrt(0.5); // keeps the variance of a sum

  private final Config config;

  /** Creates the encoder from its configuration. */
  public ConvolutionalEncoder(Config config) {
    this.config = config;
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Ops tf = scope.tf();
    Operand<TFloat32> embedded = Positions.embed(scope, source, config.positions()); // [B, S, E]
    Operand<TFloat32> x =
        Masks.zeroPadding(
            tf,
            scope.linear("input", config.units(), true, scope.dropout(embedded, config.dropout())),
            source.lengths()); // [B, S, U]
    for (int n = 0; n < config.layers(); n++) {
      Scope at = Layer.scope(scope, n);
      Operand<TFloat32> dropped = at.dropout(x, config.dropout());
      Operand<TFloat32> sums = // [B, S, 2U]
          at.linear(
              "convolution",
              2L * config.units(),
              true,
              Positions.window(tf, dropped, config.width()));
      List<Output<TFloat32>> halves = tf.split(tf.constant(2), sums, 2L).output();
      Operand<TFloat32> gated = tf.math.mul(halves.get(0), tf.math.sigmoid(halves.get(1)));
      Operand<TFloat32> sum = tf.math.mul(tf.math.add(x, gated), tf.constant(HALF));
      x = Masks.zeroPadding(tf, sum, source.lengths());
    }
    return new Memory(
        new Sequence(x, source.lengths()),
        NamedTensors.of("layer.0.hidden", Masks.mean(tf, x, source.lengths())),
        1);
  }
}
