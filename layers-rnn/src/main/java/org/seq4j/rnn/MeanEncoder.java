package org.seq4j.rnn;

import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.Positions;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * An encoder that averages neighbouring embeddings of tokens and positions (Gehring et al. 2016,
 * section 3.1). Neighbours beyond the ends of the source count as zeros.
 *
 * <p>Its final state, {@code layer.0.hidden}, is the mean of its outputs.
 */
public final class MeanEncoder implements Encoder {

  /** The configuration of the encoder {@code mean}. */
  public record Config(
      @Key(
              doc =
                  "The number of neighbouring vectors averaged at each position, an odd number"
                      + " (Gehring et al. 2016, k in section 3.1).",
              defaultValue = "5",
              min = 1)
          int width,
      @Key(
              doc = "The number of position embeddings; later positions use the last one.",
              defaultValue = "512",
              min = 1)
          int positions) {

    /** Checks that the width is odd. */
    public Config {
      Positions.checkWidth(width);
    }
  }

  private final Config config;

  /** Creates the encoder from its configuration. */
  public MeanEncoder(Config config) {
    this.config = config;
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Ops tf = scope.tf();
    Operand<TFloat32> x = Positions.embed(scope, source, config.positions()); // [B, S, E]
    Operand<TFloat32> sum = tf.math.addN(Positions.window(tf, x, config.width()));
    Operand<TFloat32> means =
        Masks.zeroPadding(tf, tf.math.mul(sum, tf.constant(1f / config.width())), source.lengths());
    return new Memory(
        new Sequence(means, source.lengths()),
        NamedTensors.of("layer.0.hidden", Masks.mean(tf, x, source.lengths())),
        1);
  }
}
