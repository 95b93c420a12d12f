package org.seq4j.trainer.objective;

import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.core.training.Objective;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Cross-entropy against the true token with a share of its probability spread over the whole
 * vocabulary (Szegedy et al. 2016, section 7). Of vectors, the mean squared error: the
 * cross-entropy with a normal distribution of fixed variance, but for constants (Goodfellow et al.
 * 2016, section 5.5); there is nothing to smooth over.
 */
public final class CrossEntropy implements Objective {
  private final Config config;

  /** The keys. */
  public record Config(
      @Key(
              doc =
                  "The share of the true token's probability that is spread over the whole"
                      + " vocabulary (Szegedy et al. 2016, section 7).",
              defaultValue = "0",
              min = 0,
              max = 0.99)
          double labelSmoothing,
      @Key(doc = "How many times it is added to the loss.", defaultValue = "1", min = 0)
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
        smoothing == 0 // a gradient of zeros over the vocabulary would cost as much as any other
            ? pass.logProbabilities()
            : tf.math.add(
                tf.math.mul(pass.logProbabilities(), tf.constant(1 - smoothing)),
                tf.math.mul(pass.meanLogProbability(), tf.constant(smoothing)));
    return tf.reduceSum(tf.math.neg(gain), tf.constant(new int[] {0, 1})); // of [B, T + 1]
  }
}
