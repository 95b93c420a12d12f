package com.example.seq4j;

import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatelessAttention;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;

/**
 * Content addressing of the neural Turing machine: softmax(β cos(q, W k)), Graves et al. 2014, eq.
 * 5 and 6.
 */
public final class CosineAttention implements StatelessAttention {

  /** The keys of the attention {@code cosine}. */
  public record Config(
      @Key(
              doc = "The initial sharpness; the larger it is, the fewer positions get weight.",
              defaultValue = "5",
              min = 0.01,
              max = 100)
          float sharpness) {}

  private final Config config;

  /** Creates the mechanism. */
  public CosineAttention(Config config) {
    this.config = config;
  }

  /** Prepares the mask, the values, and keys: projected to the depth of queries, of length 1. */
  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    AttentionMemory prepared = AttentionMemory.of(scope.tf(), memory); // zero on padding
    Operand<TFloat32> keys = scope.linear("key", queryDepth, false, prepared.values()); // [B, S, D]
    return prepared.withKeys(unit(scope.tf(), keys)).tensors();
  }

  @Override
  public AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
    Ops tf = scope.tf();
    AttentionMemory memory = AttentionMemory.of(prepared);
    Operand<TFloat32> cosines = // [B, Q, S]
        tf.train.batchMatMul(
            unit(tf, query), memory.keys(), TFloat32.class, BatchMatMul.adjY(true));
    Operand<TFloat32> sharpness = // its logarithm is learned: it stays positive
        tf.math.exp(
            scope.parameter(
                "sharpness",
                Shape.scalar(),
                Initializer.constant((float) Math.log(config.sharpness()))));
    return memory.mean(tf, tf.math.mul(cosines, sharpness), Normalizer.SOFTMAX);
  }

  /** Normalizes vectors to length 1; zeros stay zeros. */
  private static Operand<TFloat32> unit(Ops tf, Operand<TFloat32> x) {
    Operand<TFloat32> squares =
        tf.reduceSum(tf.math.square(x), tf.constant(2), ReduceSum.keepDims(true));
    return tf.math.mul(x, tf.math.rsqrt(tf.math.add(squares, tf.constant(1e-6f))));
  }
}
