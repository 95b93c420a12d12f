package org.seq4j.attention;

import java.util.List;
import java.util.Optional;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.layers.Normalizer;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.core.plugin.Key;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Additive attention with coverage c, the sum of the weights of all previous queries: {@code v ·
 * tanh(W q + U k + w c + b)} (See et al. 2017, eq. 10 and 11), with the loss {@code sum over j of
 * min(a_j, c_j)} (eq. 12). With a fertility, weights are divided by the number of tokens that a
 * position is expected to produce, {@code N · sigmoid(u · k)} (Tu et al. 2016, eq. 8 and 9).
 */
public final class CoverageAttention implements StatefulAttention {

  /** The configuration of the attention {@code coverage}. */
  public record Config(
      @Key(
              doc =
                  "Size of the layer that compares query and key (Bahdanau et al. 2015, n' in"
                      + " appendix A.1.2); the depth of the memory by default.",
              min = 1)
          Optional<Integer> units,
      @Key(
              doc =
                  "Weight of the loss for repeated attention to a position (See et al. 2017,"
                      + " eq. 12 and 13). 0: no such loss.",
              defaultValue = "1.0",
              min = 0)
          float lossWeight,
      @Key(
              doc =
                  "The maximum fertility, the number of target tokens per source position:"
                      + " coverage divides weights by a learned fertility (Tu et al. 2016, N in eq."
                      + " 9). 0: weights are summed undivided.",
              defaultValue = "0",
              min = 0)
          int fertility,
      @Key(
              doc =
                  "The function that turns scores into weights: softmax, or sparsemax, which"
                      + " gives most positions exactly 0 (Martins and Astudillo 2016).",
              defaultValue = "softmax")
          Normalizer normalizer) {}

  private static final String COVERAGE = "coverage";
  private static final String FERTILITY = "fertility";

  private final Config config;

  /** Creates the mechanism from its configuration. */
  public CoverageAttention(Config config) {
    this.config = config;
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    Ops tf = scope.tf();
    AttentionMemory prepared =
        AdditiveScore.of(config.units(), memory, false).prepare(scope, memory);
    if (config.fertility() == 0) {
      return prepared.tensors();
    }
    Operand<TFloat32> share =
        tf.math.sigmoid(scope.linear(FERTILITY, 1, false, prepared.values())); // [B, S, 1]
    return prepared
        .tensors()
        .with(
            FERTILITY,
            tf.math.mul(
                tf.squeeze(share, Squeeze.axis(List.of(2L))),
                tf.constant((float) config.fertility()))); // [B, S]
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    Ops tf = scope.tf();
    Operand<TFloat32> like = tf.dtypes.cast(AttentionMemory.of(prepared).real(), TFloat32.class);
    return NamedTensors.of(COVERAGE, tf.zerosLike(like)); // [B, S]
  }

  @Override
  public Step attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    AttentionMemory memory = AttentionMemory.of(prepared);
    AdditiveScore score = AdditiveScore.of(memory, false);
    Operand<TFloat32> coverage = state.floats(COVERAGE); // [B·Q, S]
    Operand<TFloat32> column = // [B·Q·S, 1]
        tf.reshape(coverage, tf.stack(List.of(tf.size(coverage), tf.constant(1))));
    Operand<TFloat32> projected = // [B·Q·S, units]
        scope.linear(COVERAGE, score.units(), true, column);
    Operand<TFloat32> more =
        tf.reshape(
            projected,
            tf.stack(
                List.of(
                    Shapes.size(tf, query, 0),
                    Shapes.size(tf, query, 1),
                    Shapes.size(tf, coverage, 1),
                    tf.constant((int) score.units())))); // [B, Q, S, units]
    Operand<TFloat32> weights =
        config
            .normalizer()
            .weights(tf, score.of(scope, query, memory.keys(), Optional.of(more)), memory.real());
    Operand<TFloat32> counted =
        AttentionMemory.asState(tf, counted(tf, prepared, weights)); // [B·Q, S]
    AttentionOutput output = memory.weighted(tf, weights);
    NamedTensors losses =
        config.lossWeight() == 0
            ? NamedTensors.EMPTY
            : NamedTensors.of(COVERAGE, loss(tf, AttentionMemory.asState(tf, weights), coverage));
    return new Step(
        new AttentionOutput(output.context(), weights, losses),
        NamedTensors.of(COVERAGE, tf.math.add(coverage, counted)));
  }

  private Operand<TFloat32> counted(Ops tf, NamedTensors prepared, Operand<TFloat32> weights) {
    return config.fertility() == 0
        ? weights
        : tf.math.div(weights, tf.expandDims(prepared.floats(FERTILITY), tf.constant(1)));
  }

  /** Computes the loss, {@code [B·Q]}. */
  private Operand<TFloat32> loss(Ops tf, Operand<TFloat32> weights, Operand<TFloat32> coverage) {
    return tf.math.mul(
        tf.reduceSum(tf.math.minimum(weights, coverage), tf.constant(1)),
        tf.constant(config.lossWeight()));
  }
}
