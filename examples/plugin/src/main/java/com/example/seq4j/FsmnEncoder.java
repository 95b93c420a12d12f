package com.example.seq4j;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.Encoder;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A feedforward sequential memory network (Zhang et al. 2015, "Feedforward sequential memory
 * networks: a new structure to learn long-term dependency", eq. 4 and 5, with a weight vector
 * for each offset in the memory).
 *
 * <p>Its final state, {@code layer.0.hidden}, is the mean of its outputs.
 */
public final class FsmnEncoder implements Encoder {

  /** The keys of the encoder {@code fsmn}. */
  public record Config(
      @Key(doc = "The size of each layer.", min = 1, example = "128") int units,
      @Key(doc = "The number of layers.", defaultValue = "2", min = 1, max = 100) int layers,
      @Key(
              doc = "The number of earlier positions in the memory of a layer.",
              defaultValue = "5",
              min = 0,
              max = 1000)
          int lookBack,
      @Key(
              doc = "The number of later positions in the memory of a layer.",
              defaultValue = "5",
              min = 0,
              max = 1000)
          int lookAhead,
      @Key(
              doc = "The share of each layer's input that is set to zero in training.",
              defaultValue = "0",
              min = 0,
              max = 0.99)
          float dropout) {

    /** Checks the two keys together, which bounds cannot do. */
    public Config {
      if (lookBack == 0 && lookAhead == 0) {
        throw new IllegalArgumentException(
            "look_back and look_ahead: expected at least one above 0, otherwise there is no memory");
      }
    }
  }

  private final Config config;

  /** Creates the encoder. */
  public FsmnEncoder(Config config) {
    this.config = config;
  }

  @Override
  public Memory encode(Scope scope, Sequence source) {
    Ops tf = scope.tf();
    Operand<TInt32> lengths = source.lengths();
    Operand<TFloat32> x = Masks.zeroPadding(tf, source.values(), lengths); // [B, S, E]
    for (int n = 0; n < config.layers(); n++) {
      Scope layer = scope.child("layer").child(Integer.toString(n));
      Operand<TFloat32> dropped = layer.dropout(x, config.dropout());
      Operand<TFloat32> hidden = // [B, S, U]
          Masks.zeroPadding(
              tf, tf.math.tanh(layer.linear("hidden", config.units(), true, dropped)), lengths);
      Operand<TFloat32> both =
          layer.linear("output", config.units(), true, List.of(hidden, memory(layer, hidden)));
      x = Masks.zeroPadding(tf, tf.math.tanh(both), lengths);
    }
    return new Memory(
        new Sequence(x, lengths), NamedTensors.of("layer.0.hidden", Masks.mean(tf, x, lengths)), 1);
  }

  /** Σ a_i ⊙ h_(t+i), i from -look_back to look_ahead; positions beyond the ends count as zeros. */
  private Operand<TFloat32> memory(Scope scope, Operand<TFloat32> hidden) {
    Ops tf = scope.tf();
    int width = config.lookBack() + 1 + config.lookAhead();
    Operand<TFloat32> places =
        scope.parameter(
            "memory", Shape.of(width, config.units()), Initializer.normal(1 / Math.sqrt(width)));
    Operand<TFloat32> padded =
        tf.pad(
            hidden,
            tf.constant(new int[][] {{0, 0}, {config.lookBack(), config.lookAhead()}, {0, 0}}),
            tf.constant(0f));
    List<Operand<TFloat32>> terms = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      Operand<TFloat32> shifted =
          tf.slice(padded, tf.constant(new int[] {0, i, 0}), tf.shape(hidden)); // [B, S, U]
      terms.add(tf.math.mul(shifted, tf.gather(places, tf.constant(i), tf.constant(0))));
    }
    return tf.math.addN(terms);
  }
}
