package org.seq4j.trainer.objective;

import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.core.training.Objective;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cross-entropy with label smoothing: a share of the true token's probability is spread over the
 * whole vocabulary (Szegedy et al. 2016, section 7). For targets of vectors it is the mean squared
 * error, which equals the cross-entropy with a normal distribution of fixed variance up to
 * constants (Goodfellow et al. 2016, section 5.5); smoothing does not apply.
 */
public final class CrossEntropy implements Objective {
  private final Config config;

  /** The keys of {@code cross-entropy}. */
  public record Config(
      @Key(
              doc =
                  "Share of the true token's probability that is spread over the whole vocabulary (Szegedy et al. 2016, section 7).",
              defaultValue = "0",
              min = 0,
              max = 0.99)
          double labelSmoothing,
      @Key(doc = "Factor of this objective in the loss.", defaultValue = "1", min = 0)
          double weight) {}

  public CrossEntropy(Config config) {
    this.config = config;
  }

  @Override
  public double weight() {
    return config.weight();
  }

  @Override
  public Operand<TFloat32> loss(Scope scope, ForcedPass pass) {
    Ops tf = scope.tf();
    float smoothing = (float) config.labelSmoothing();
    Operand<TFloat32> gain =
        smoothing == 0 // skips a zero gradient over the vocabulary, which is as expensive as any
            // other
            ? pass.logProbabilities()
            : tf.math.add(
                tf.math.mul(pass.logProbabilities(), tf.constant(1 - smoothing)),
                tf.math.mul(pass.meanLogProbability(), tf.constant(smoothing)));
    return tf.reduceSum(tf.math.neg(gain), tf.constant(new int[] {0, 1})); // of [B, T + 1]
  }
}
