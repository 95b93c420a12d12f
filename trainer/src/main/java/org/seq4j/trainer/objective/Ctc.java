package org.seq4j.trainer.objective;

import java.util.List;
import java.util.Set;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.Sequence;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.core.training.Objective;
import org.seq4j.runtime.model.CtcPosteriors;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Connectionist temporal classification: the encoder alone predicts the target, one token or a
 * blank at each of its outputs (Graves et al. 2006). Beside cross-entropy it teaches attention to
 * move forward (Kim et al. 2017, "Joint CTC-attention based end-to-end speech recognition using
 * multi-task learning"). The tokens are projected from the encoder's outputs by a layer of its own.
 *
 * <p>An example with fewer encoder outputs than its target needs, one for each token and one more
 * between equal neighbours, adds nothing.
 */
public final class Ctc implements Objective {
  private final Config config;

  /** The keys of {@code ctc}. */
  public record Config(
      @Key(
              doc =
                  "Factor of this objective in the loss, such as 0.3; the usual factor of cross-entropy is"
                      + " then 1 minus this.",
              defaultValue = "0.3",
              min = 0)
          double weight) {}

  public Ctc(Config config) {
    this.config = config;
  }

  @Override
  public Set<Input> needs() {
    return Set.of(Input.TOKENS);
  }

  @Override
  public double weight() {
    return config.weight();
  }

  @Override
  public Operand<TFloat32> loss(Scope scope, ForcedPass pass) {
    Ops tf = scope.tf();
    Sequence memory = pass.memory().sequence();
    Operand<TInt32> ids = pass.tokens().ids(); // [B, T + 1]
    Operand<TInt32> labels = // without the last column, which has only end tokens
        tf.slice(
            ids,
            tf.constant(new int[] {0, 0}),
            tf.stack(
                List.of(tf.constant(-1), tf.math.sub(Shapes.size(tf, ids, 1), tf.constant(1)))));
    Operand<TInt32> lengths = tf.math.sub(pass.lengths(), tf.constant(1));
    Operand<TFloat32> gains =
        CtcLikelihood.of(
            scope, CtcPosteriors.of(scope, memory, pass.tokens().vocabulary()), labels, lengths);
    return tf.math.neg(tf.reduceSum(gains, tf.constant(0)));
  }
}
