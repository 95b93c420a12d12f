package org.seq4j.transformer;

import java.util.function.UnaryOperator;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.layers.LayerNorm;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The residual connection around a sublayer, with layer normalization (Vaswani et al. 2017, section
 * 5.4; Xiong et al. 2020 compare the places of the latter).
 *
 * @param dropout dropout rate of the sublayer's output
 */
record Residual(Norm norm, float dropout) {

  /**
   * Applies a sublayer.
   *
   * @param scope scope of the layer
   * @param name name of the sublayer; the normalization is {@code NAME_norm}
   * @param x {@code [N, D]} or {@code [B, T, D]}
   */
  Operand<TFloat32> around(
      Scope scope, String name, Operand<TFloat32> x, UnaryOperator<Operand<TFloat32>> sublayer) {
    String normName = name + "_norm";
    Operand<TFloat32> input = norm == Norm.PRE ? LayerNorm.biased(scope, normName, x) : x;
    Operand<TFloat32> output = scope.child(name).dropout(sublayer.apply(input), dropout);
    Operand<TFloat32> sum = scope.tf().math.add(x, output);
    return norm == Norm.POST ? LayerNorm.biased(scope, normName, sum) : sum;
  }

  /** Normalizes the output of the last layer, unless its sublayers did. */
  Operand<TFloat32> last(Scope scope, Operand<TFloat32> x) {
    return norm == Norm.PRE ? LayerNorm.biased(scope, "norm", x) : x;
  }
}
