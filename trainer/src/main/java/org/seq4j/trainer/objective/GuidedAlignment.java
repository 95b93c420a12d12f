package org.seq4j.trainer.objective;

import java.util.Set;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.core.training.Objective;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Guided alignment: the cross-entropy of attention weights against given word alignments (Chen et
 * al. 2016, "Guided alignment training for topic-aware neural machine translation", equation 4).
 * Target positions without a link add nothing. If an encoder output covers several source
 * positions, a link to any of them is a link to that output.
 */
public final class GuidedAlignment implements Objective {
  private static final float LEAST = 1e-6f; // keeps the logarithm finite

  private final Config config;

  /** The keys of {@code guided-alignment}. */
  public record Config(
      @Key(
              doc = "Factor of the cross-entropy of attention in the loss, such as 0.1.",
              defaultValue = "0.1",
              min = 0)
          double weight) {}

  public GuidedAlignment(Config config) {
    this.config = config;
  }

  @Override
  public Set<Input> needs() {
    return Set.of(Input.ALIGNMENT);
  }

  @Override
  public double weight() {
    return config.weight();
  }

  @Override
  public Operand<TFloat32> loss(Scope scope, ForcedPass pass) {
    Ops tf = scope.tf();
    Operand<TFloat32> attention = // [B, T + 1, S / stride]
        pass.decoded()
            .weights()
            .orElseThrow(() -> new IllegalArgumentException("needs a decoder with attention"));
    ForcedPass.Links links = pass.links().orElseThrow();
    Operand<TInt32> places =
        tf.math.floorDiv(links.positions(), tf.constant(new int[] {1, 1, pass.memory().stride()}));
    Operand<TFloat32> found =
        tf.math.log(tf.math.add(tf.gatherNd(attention, places), tf.constant(LEAST))); // [N]
    return tf.math.neg(tf.reduceSum(tf.math.mul(links.shares(), found), tf.constant(0)));
  }
}
