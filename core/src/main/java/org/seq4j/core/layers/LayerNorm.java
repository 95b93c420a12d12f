package org.seq4j.core.layers;

import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;

/** Layer normalization (Ba et al. 2016, eq. 4). */
public final class LayerNorm {
  private static final float EPSILON = 1e-5f;

  private LayerNorm() {}

  /**
   * Normalizes each vector to mean 0 and variance 1, and multiplies it by a gain, initially 1.
   *
   * @param name scope of the parameter {@code gain}, {@code [D]}
   * @param x {@code [B, D]} or {@code [B, T, D]}
   * @return the shape of {@code x}
   */
  public static Operand<TFloat32> of(Scope scope, String name, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> centred = tf.math.sub(x, mean(tf, x));
    Operand<TFloat32> variance = mean(tf, tf.math.square(centred)); // [..., 1]
    Operand<TFloat32> scale = tf.math.rsqrt(tf.math.add(variance, tf.constant(EPSILON)));
    Operand<TFloat32> gain =
        scope.child(name).parameter("gain", Shape.of(x.shape().get(-1)), Initializer.constant(1));
    return tf.math.mul(tf.math.mul(centred, scale), gain);
  }

  /** Normalizes like {@link #of} and adds a parameter {@code bias}, {@code [D]}, initially 0. */
  public static Operand<TFloat32> biased(Scope scope, String name, Operand<TFloat32> x) {
    Operand<TFloat32> bias =
        scope.child(name).parameter("bias", Shape.of(x.shape().get(-1)), Initializer.ZEROS);
    return scope.tf().math.add(of(scope, name, x), bias);
  }

  private static Operand<TFloat32> mean(Ops tf, Operand<TFloat32> x) {
    return tf.math.mean(x, tf.constant(-1), Mean.keepDims(true)); // [..., 1]
  }
}
