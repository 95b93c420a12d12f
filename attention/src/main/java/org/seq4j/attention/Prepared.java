package org.seq4j.attention;

import java.util.List;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Rows;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.AttentionMechanism.Attended;
import org.seq4j.core.model.Memory;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * What is needed of the memory for each query.
 *
 * @param keys what queries are compared with, {@code [B, S, K]}
 * @param values what is averaged, {@code [B, S, D]}
 * @param real true where a position is not padding, {@code [B, S]}
 */
record Prepared(Operand<TFloat32> keys, Operand<TFloat32> values, Operand<TBool> real) {

  /** Prepares a memory whose keys are its values. */
  static Prepared of(Ops tf, Memory memory) {
    var lengths = memory.sequence().lengths();
    // Whatever stands in the padding, infinities included, must not reach a product.
    Operand<TFloat32> values = Masks.zeroPadding(tf, memory.sequence().values(), lengths);
    return new Prepared(values, values, Masks.real(tf, lengths, Rows.size(tf, values, 1)));
  }

  static Prepared of(NamedTensors tensors) {
    return new Prepared(tensors.floats("keys"), tensors.floats("values"), tensors.bools("real"));
  }

  Prepared withKeys(Operand<TFloat32> others) {
    return new Prepared(others, values, real);
  }

  NamedTensors tensors() {
    return NamedTensors.of("keys", keys).with("values", values).with("real", real);
  }

  /**
   * What {@link #products} takes. A product with a transposed factor takes more than twice the time
   * of one without, so for the many steps of a search keys are transposed once; in training the
   * gradients would pay for it.
   */
  NamedTensors forProducts(Scope scope) {
    if (scope.training()) {
      return tensors();
    }
    Operand<TFloat32> transposed = // [B, K, S]
        scope.tf().linalg.transpose(keys, scope.tf().constant(new int[] {0, 2, 1}));
    return tensors().with("keys", transposed);
  }

  /** {@code q · k} for each query and key: {@code [B, Q, K]} to {@code [B, Q, S]}. */
  static Operand<TFloat32> products(
      Scope scope, NamedTensors forProducts, Operand<TFloat32> query) {
    return scope
        .tf()
        .train
        .batchMatMul(
            query, forProducts.floats("keys"), TFloat32.class, BatchMatMul.adjY(scope.training()));
  }

  /**
   * The mean of the values (Bahdanau et al. 2015, eq. 5 and 6).
   *
   * @param scores {@code [B, Q, S]}
   */
  Attended mean(Ops tf, Operand<TFloat32> scores, Normalizer normalizer) {
    return byWeights(
        tf, normalizer.weights(tf, scores, real), NamedTensors.EMPTY, NamedTensors.EMPTY);
  }

  /**
   * The mean by given weights.
   *
   * @param weights {@code [B, Q, S]}
   */
  Attended byWeights(Ops tf, Operand<TFloat32> weights, NamedTensors state, NamedTensors losses) {
    Operand<TFloat32> context = tf.train.batchMatMul(weights, values, TFloat32.class); // [B, Q, D]
    return new Attended(context, weights, state, losses);
  }

  /** What is one for each position, as a state of it, {@code [B·Q, S]}. */
  static Operand<TFloat32> asState(Ops tf, Operand<TFloat32> perPosition) {
    Operand<TInt32> rows = // no -1 in its place: S may be 0
        tf.math.mul(Rows.size(tf, perPosition, 0), Rows.size(tf, perPosition, 1));
    return tf.reshape(perPosition, tf.stack(List.of(rows, Rows.size(tf, perPosition, 2))));
  }
}
