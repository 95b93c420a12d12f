package org.seq4j.core.layers;

import java.util.List;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Position-wise feed-forward layer (Vaswani et al. 2017, section 3.3): {@code W2 dropout(f(W1 x +
 * b1)) + b2}, with the same weights at each position. With {@link Activation#SWIGLU}, {@code W1 x +
 * b1} has twice the size.
 *
 * @param units size of the inner layer, at least 1; 4 · D in the paper
 * @param activation the activation function, f
 * @param dropout dropout rate of the inner layer, at least 0 and below 1
 */
public record FeedForward(int units, Activation activation, float dropout) {

  /** Activation functions. */
  public enum Activation {
    /** {@code max(0, x)}. */
    RELU,
    /** {@code x Φ(x)}, with the cumulative normal distribution Φ (Hendrycks and Gimpel 2016). */
    GELU,
    /** {@code a sigmoid(a) b} of the two halves a and b of x (Shazeer 2020, eq. 6). */
    SWIGLU;

    /** Returns the size of the inner layer before the function. */
    private long inputs(long units) {
      return this == SWIGLU ? 2 * units : units;
    }

    private Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
      return switch (this) {
        case RELU -> tf.nn.relu(x);
        case GELU -> gelu(tf, x);
        case SWIGLU -> swiglu(tf, x);
      };
    }

    private static Operand<TFloat32> swiglu(Ops tf, Operand<TFloat32> x) {
      List<Output<TFloat32>> halves = tf.split(tf.constant(-1), x, 2L).output();
      Operand<TFloat32> gate = halves.get(0);
      return tf.math.mul(tf.math.mul(gate, tf.math.sigmoid(gate)), halves.get(1));
    }

    private static Operand<TFloat32> gelu(Ops tf, Operand<TFloat32> x) {
      Operand<TFloat32> erf = tf.math.erf(tf.math.mul(x, tf.constant((float) Math.sqrt(0.5))));
      return tf.math.mul(
          tf.math.mul(x, tf.constant(0.5f)), tf.math.add(erf, tf.constant(1f))); // x · Φ(x)
    }
  }

  /**
   * Applies the layer to each position. Its parameters are {@code inner.kernel}, {@code
   * inner.bias}, {@code outer.kernel} and {@code outer.bias}.
   *
   * @param name scope of the parameters
   * @param x {@code [B, D]} or {@code [B, T, D]}
   * @return the shape of {@code x}; not 0 on padding, because of the biases
   */
  public Operand<TFloat32> apply(Scope scope, String name, Operand<TFloat32> x) {
    Scope layer = scope.child(name);
    Operand<TFloat32> inner = // [B, T, units]
        activation.of(scope.tf(), layer.linear("inner", activation.inputs(units), true, x));
    return layer.linear("outer", x.shape().get(-1), true, layer.dropout(inner, dropout));
  }
}
