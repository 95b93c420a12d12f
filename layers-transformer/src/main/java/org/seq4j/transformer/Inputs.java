package org.seq4j.transformer;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * The input of the lowest layer: embeddings with vectors of their positions.
 *
 * @param units size of a layer, D
 * @param scaled whether embeddings are multiplied by {@code sqrt(D)}
 */
record Inputs(PositionScheme scheme, int units, boolean scaled, float dropout) {

  /**
   * Computes the input.
   *
   * @param embedded {@code [B, T, E]}; mapped to D numbers if E is another
   * @param positions {@code [T]}
   * @return {@code [B, T, D]}
   */
  Operand<TFloat32> of(Scope scope, Operand<TFloat32> embedded, Operand<TInt32> positions) {
    Ops tf = scope.tf();
    Operand<TFloat32> x = embedded.shape().get(-1) == units ? embedded : mapped(scope, embedded);
    if (scaled) {
      x = tf.math.mul(x, tf.constant((float) Math.sqrt((double) units)));
    }
    return scope.child("input").dropout(scheme.embed(scope, x, positions), dropout);
  }

  /** Maps embeddings to D numbers of initially the same variance. */
  private Operand<TFloat32> mapped(Scope scope, Operand<TFloat32> embedded) {
    return scope.linear(
        "input",
        units,
        Initializer.uniform(Math.sqrt(3.0 / embedded.shape().get(-1))),
        Optional.of(Initializer.ZEROS),
        List.of(embedded));
  }

  /** Returns the positions of a sequence, {@code [T]}. */
  static Operand<TInt32> positions(Ops tf, Operand<TInt32> size) {
    return tf.range(tf.constant(0), size, tf.constant(1));
  }
}
