package com.example.seq4j;

import org.seq4j.core.config.Key;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Rows;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Memory;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Content addressing of the neural Turing machine: softmax(β cos(q, W k)), Graves et al. 2014, eq.
 * 5 and 6.
 */
public final class CosineAttention implements AttentionMechanism {

  /** The keys of the attention {@code cosine}. */
  public record Config(
      @Key(
              doc = "The sharpness before training: larger looks at fewer positions.",
              defaultValue = "5",
              min = 0.01,
              max = 100)
          float sharpness) {}

  private final Config config;

  /** Takes its keys. */
  public CosineAttention(Config config) {
    this.config = config;
  }

  /**
   * Once a source: the mask, what is averaged, and the keys, as deep as the queries and of length
   * one.
   */
  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    Ops tf = scope.tf();
    Operand<TInt32> lengths = memory.sequence().lengths();
    // Nothing may depend on what stands beyond a source's length.
    Operand<TFloat32> values =
        Masks.zeroPadding(tf, memory.sequence().values(), lengths); // [B, S, D]
    Operand<TFloat32> keys = unit(tf, scope.linear("key", queryDepth, false, values)); // [B, S, K]
    return NamedTensors.of("keys", keys)
        .with("values", values)
        .with("real", Masks.real(tf, lengths, Rows.size(tf, values, 1))); // [B, S]
  }

  /** No query needs the one before, so all target positions can be asked at once. */
  @Override
  public boolean sequential() {
    return false;
  }

  @Override
  public Attended attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TFloat32> cosines = // [B, Q, S]
        tf.train.batchMatMul(
            unit(tf, query), prepared.floats("keys"), TFloat32.class, BatchMatMul.adjY(true));
    Operand<TFloat32> sharpness = // its logarithm is learned: it stays positive
        tf.math.exp(
            scope.parameter(
                "sharpness",
                Shape.scalar(),
                Initializer.constant((float) Math.log(config.sharpness()))));
    Operand<TFloat32> weights =
        Masks.softmax(tf, tf.math.mul(cosines, sharpness), prepared.bools("real"));
    Operand<TFloat32> context =
        tf.train.batchMatMul(weights, prepared.floats("values"), TFloat32.class); // [B, Q, D]
    return new Attended(context, weights, NamedTensors.EMPTY, NamedTensors.EMPTY);
  }

  /** Vectors of length one; zeros stay zeros. */
  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> squares =
        tf.reduceSum(tf.math.square(x), tf.constant(2), ReduceSum.keepDims(true));
    return tf.math.mul(x, tf.math.rsqrt(tf.math.add(squares, tf.constant(1e-6f))));
  }
}
