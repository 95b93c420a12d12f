package org.seq4j.trainer.objective;

import java.util.List;
import java.util.Set;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.training.ForcedPass;
import org.seq4j.runtime.codec.TextCodec;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Minimum risk training, which minimizes the expected cost of candidates: Shen et al. 2016,
 * "Minimum risk training for neural machine translation", equations 9 and 10. A metric computes the
 * cost of hypotheses sampled from the model.
 */
public final class MinimumRisk implements SampledObjective {
  private final Config config;
  private final Metric metric;

  /** The keys of {@code minimum-risk}. */
  public record Config(
      @Key(
              doc =
                  "Metric to optimize, computed on single hypotheses; it must not need forced scores, sources"
                      + " or vectors.",
              example = "ser")
          Component<Metric> metric,
      @Key(
              doc =
                  "Number of hypotheses to sample for each source in each step; the true target is added."
                      + " Each of them is a row of the step's batch, so use smaller batches.",
              defaultValue = "10",
              min = 1,
              max = 1000)
          int candidates,
      @Key(
              doc =
                  "Exponent of the candidates' probabilities before they are normalized: alpha in the"
                      + " paper.",
              defaultValue = "0.005",
              min = 0)
          double sharpness) {}

  /** Creates the objective. */
  public MinimumRisk(Config config, ComponentContext context) {
    this.config = config;
    this.metric = config.metric().create(context);
    if (!metric.needs().isEmpty()) {
      throw new IllegalArgumentException(
          "metric: expected a metric of tokens that needs no forced scores and no sources, such as ser or bleu; got "
              + config.metric().type());
    }
  }

  @Override
  public Set<Input> needs() {
    return Set.of(Input.TOKENS);
  }

  @Override
  public RiskSampler sampler(TextCodec target, long seed) {
    return new RiskSampler(metric, target, config.candidates(), seed);
  }

  @Override
  public Operand<TFloat32> loss(
      Scope scope, List<ForcedPass> parts, Operand<TInt32> groups, Operand<TFloat32> costs) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> scores =
        parts.stream()
            .<Operand<TFloat32>>map(
                part -> tf.reduceSum(part.logProbabilities(), tf.constant(1))) // [N / parts]
            .toList();
    Operand<TInt32> count = RiskInput.sources(tf, groups);
    Operand<TFloat32> sharp =
        tf.math.mul(RiskInput.joined(tf, scores), tf.constant((float) config.sharpness()));
    Operand<TFloat32> highest = // keeps the powers finite
        tf.stopGradient(
            tf.gather(tf.math.unsortedSegmentMax(sharp, groups, count), groups, tf.constant(0)));
    Operand<TFloat32> power = tf.math.exp(tf.math.sub(sharp, highest));
    Operand<TFloat32> whole =
        tf.gather(tf.math.unsortedSegmentSum(power, groups, count), groups, tf.constant(0));
    return tf.reduceSum(tf.math.mul(tf.math.div(power, whole), costs), tf.constant(0));
  }
}
