package org.seq4j.runtime.model.output;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.CopyingOutput;
import org.seq4j.core.model.TokenOutput;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A pointer-generator: mixes a softmax over the vocabulary with copying from the source by
 * attention weights, {@code P(w) = p P_vocabulary(w) + (1 - p) Σ_(i: w_i = w) a_i} (See et al.
 * 2017, eq. 9). The generation probability p is computed from the decoder's output; eq. 8 computes
 * it from context, state and input, of which that output is a function.
 */
public final class PointerGeneratorOutput implements CopyingOutput {
  /** Added so that impossible tokens have a logarithm; far below any relevant probability. */
  private static final float TINY = 1e-10f;

  /**
   * Initial bias of p, which is then 0.95. A model that copies from the start copies tokens that
   * merely look alike, and unlearns it slowly. Tokens that it cannot generate force it to copy
   * anyway.
   */
  private static final float GENERATING = 3;

  private final TokenOutput softmax = new SoftmaxOutput();

  @Override
  public Operand<TFloat32> logProbabilities(
      Scope scope, Operand<TFloat32> features, Source source, TokenOutput.Tokens tokens) {
    Ops tf = scope.tf();
    Operand<TFloat32> known = // [N, V]
        tf.math.exp(softmax.logProbabilities(scope, features, tokens));
    Operand<TFloat32> generating =
        tf.math.sigmoid(
            scope.linear(
                "generate",
                1,
                Initializer.GLOROT,
                Optional.of(Initializer.constant(GENERATING)),
                List.of(features))); // [N, 1]
    Operand<TFloat32> copying = tf.math.sub(tf.constant(1f), generating);
    Operand<TInt32> rows = Shapes.size(tf, source.weights(), 0);
    Operand<TInt32> positions = Shapes.size(tf, source.weights(), 1);
    Operand<TInt32> width = tf.math.add(tf.constant((int) tokens.size()), positions); // V + S
    Operand<TFloat32> generated = // [N, V + S]
        tf.concat(
            List.of(
                tf.math.mul(known, generating),
                tf.fill(tf.stack(List.of(rows, positions)), tf.constant(0f))),
            tf.constant(1));
    Operand<TInt32> row = // [N, S]
        tf.math.add(
            tf.expandDims(tf.range(tf.constant(0), rows, tf.constant(1)), tf.constant(1)),
            tf.zerosLike(source.ids()));
    Operand<TFloat32> copied = // [N, V + S]; weights of equal tokens are added
        tf.scatterNd(
            tf.stack(List.of(row, source.ids()), Stack.axis(2L)),
            tf.math.mul(source.weights(), copying),
            tf.stack(List.of(rows, width)));
    return tf.math.log(tf.math.add(tf.math.add(generated, copied), tf.constant(TINY)));
  }
}
