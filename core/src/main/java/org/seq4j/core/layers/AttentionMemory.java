package org.seq4j.core.layers;

import java.util.List;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Keys, values and padding mask of a memory, as most attention mechanisms need them.
 *
 * @param keys keys, which queries are compared with, {@code [B, S, D_k]}
 * @param values values, whose weighted mean is the context, {@code [B, S, D]}
 * @param real true where a position is not padding, {@code [B, S]}
 */
public record AttentionMemory(
    Operand<TFloat32> keys, Operand<TFloat32> values, Operand<TBool> real) {

  /** Creates an attention memory whose keys are its values; both are 0 on padding. */
  public static AttentionMemory of(Ops tf, Memory memory) {
    var lengths = memory.sequence().lengths();
    // Values of padding may be infinite or NaN: they must not reach a product.
    Operand<TFloat32> values = Masks.zeroPadding(tf, memory.sequence().values(), lengths);
    return new AttentionMemory(values, values, Masks.real(tf, lengths, Shapes.size(tf, values, 1)));
  }

  /** Restores an attention memory from {@link #tensors}; further tensors are ignored. */
  public static AttentionMemory of(NamedTensors tensors) {
    return new AttentionMemory(
        tensors.floats("keys"), tensors.floats("values"), tensors.bools("real"));
  }

  /** Returns a copy with other keys, {@code [B, S, D_k]}. */
  public AttentionMemory withKeys(Operand<TFloat32> others) {
    return new AttentionMemory(others, values, real);
  }

  /** Returns keys, values and mask by name, for {@code prepare} to return. */
  public NamedTensors tensors() {
    return NamedTensors.of("keys", keys).with("values", values).with("real", real);
  }

  /**
   * Returns the tensors for {@code prepare} to return if {@link #products} is used. A product with
   * a transposed factor takes more than twice the time of one without. Outside training, keys are
   * therefore transposed once for the many steps of a search; in training this would make the
   * gradients slower.
   */
  public NamedTensors forProducts(Scope scope) {
    if (scope.training()) {
      return tensors();
    }
    Operand<TFloat32> transposed = // [B, D_k, S]
        scope.tf().linalg.transpose(keys, scope.tf().constant(new int[] {0, 2, 1}));
    return tensors().with("keys", transposed);
  }

  /**
   * Computes the dot product of each query with each key.
   *
   * @param forProducts the prepared tensors, from {@link #forProducts}
   * @param query {@code [B, Q, D_k]}
   * @return {@code [B, Q, S]}
   */
  public static Operand<TFloat32> products(
      Scope scope, NamedTensors forProducts, Operand<TFloat32> query) {
    return scope
        .tf()
        .train
        .batchMatMul(
            query, forProducts.floats("keys"), TFloat32.class, BatchMatMul.adjY(scope.training()));
  }

  /**
   * Computes the mean of the values, weighted by normalized scores (Bahdanau et al. 2015, eq. 5 and
   * 6).
   *
   * @param scores {@code [B, Q, S]}
   */
  public AttentionOutput mean(Ops tf, Operand<TFloat32> scores, Normalizer normalizer) {
    return weighted(tf, normalizer.weights(tf, scores, real));
  }

  /**
   * Computes the weighted sum of the values.
   *
   * @param weights {@code [B, Q, S]}
   */
  public AttentionOutput weighted(Ops tf, Operand<TFloat32> weights) {
    return new AttentionOutput(
        tf.train.batchMatMul(weights, values, TFloat32.class), weights); // [B, Q, D]
  }

  /** Reshapes {@code [B, Q, S]} to the state of a {@code StatefulAttention}, {@code [B·Q, S]}. */
  public static Operand<TFloat32> asState(Ops tf, Operand<TFloat32> perPosition) {
    Operand<TInt32> rows = // the dimension is not given as -1, because S may be 0
        tf.math.mul(Shapes.size(tf, perPosition, 0), Shapes.size(tf, perPosition, 1));
    return tf.reshape(perPosition, tf.stack(List.of(rows, Shapes.size(tf, perPosition, 2))));
  }
}
