package org.seq4j.runtime.graph.scan;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/** The precision of products of inputs and weight matrices. */
public enum Precision {
  /** 32 bits. */
  F32,
  /**
   * Both factors are rounded to the upper 16 of their 32 bits (8 bits of precision), and so is the
   * result; sums have 32 bits. Faster on processors with instructions for it (AVX512-BF16, AMX),
   * slower on others.
   */
  BF16;

  /** Converts weights to a factor, which can be used in many products. */
  public Operand<?> factor(Ops tf, Operand<TFloat32> weights) {
    return this == F32 ? weights : tf.dtypes.cast(weights, TBfloat16.class);
  }

  /**
   * Computes the product of {@code [N, D]} and a {@link #factor}.
   *
   * @param transposed whether the factor is {@code [U, D]} rather than {@code [D, U]}
   * @return {@code [N, U]}
   */
  public Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> x, Operand<?> factor, boolean transposed) {
    return multiply(tf, x, factor, MatMul.transposeB(transposed));
  }

  /**
   * Computes the gradient of weights.
   *
   * @param x the rows that they are multiplied with, {@code [N, D]}
   * @param gradient the gradient of the products, {@code [N, U]}
   * @return {@code [D, U]}
   */
  Operand<TFloat32> weightGradient(Ops tf, Operand<TFloat32> x, Operand<TFloat32> gradient) {
    return multiply(tf, x, factor(tf, gradient), MatMul.transposeA(true));
  }

  @SuppressWarnings("unchecked") // the factor was created by the same constant
  private Operand<TFloat32> multiply(
      Ops tf, Operand<TFloat32> x, Operand<?> factor, MatMul.Options options) {
    return this == F32
        ? tf.linalg.matMul(x, (Operand<TFloat32>) factor, options)
        : tf.dtypes.cast(
            tf.linalg.matMul(
                tf.dtypes.cast(x, TBfloat16.class), (Operand<TBfloat16>) factor, options),
            TFloat32.class);
  }
}
