package org.seq4j.runtime.graph.scan;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/** In which numbers a model that is used, not trained, multiplies by its weights. */
public enum Precision {
  /** 32 bits. */
  F32,
  /**
   * Of both factors the upper 16 of the 32 bits (8 of precision), summed in 32. Faster on
   * processors that have instructions for it (AVX512-BF16, AMX), slower on others.
   */
  BF16;

  /** A factor of weights as it is multiplied by: made once, it serves for many products. */
  public Operand<?> factor(Ops tf, Operand<TFloat32> weights) {
    return this == F32 ? weights : tf.dtypes.cast(weights, TBfloat16.class);
  }

  /**
   * A product of {@code [N, D]} and what {@link #factor} gives.
   *
   * @param transposed whether the factor is {@code [U, D]} rather than {@code [D, U]}
   * @return {@code [N, U]}
   */
  @SuppressWarnings("unchecked") // the factor was made by the same constant
  public Operand<TFloat32> product(
      Ops tf, Operand<TFloat32> x, Operand<?> factor, boolean transposed) {
    MatMul.Options options = MatMul.transposeB(transposed);
    return this == F32
        ? tf.linalg.matMul(x, (Operand<TFloat32>) factor, options)
        : tf.dtypes.cast(
            tf.linalg.matMul(
                tf.dtypes.cast(x, TBfloat16.class), (Operand<TBfloat16>) factor, options),
            TFloat32.class);
  }
}
