package org.seq4j.rnn;

import java.util.List;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Rows;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.Memory;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Plugin;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Attention with everything that a mechanism may have: parameters, losses and, if sequential, a
 * state, the sum of the weights so far, which it looks away from.
 */
final class CoveringAttention implements AttentionMechanism {
  private final boolean sequential;

  private CoveringAttention(Config config) {
    this.sequential = config.sequential();
  }

  static Component<AttentionMechanism> withState() {
    return component(true);
  }

  static Component<AttentionMechanism> withoutState() {
    return component(false);
  }

  private static Component<AttentionMechanism> component(boolean sequential) {
    return Component.of(
        AttentionMechanism.class, "covering", new Config(sequential), CoveringAttention::new);
  }

  record Config(boolean sequential) {}

  static final class Covering implements Plugin {
    @Override
    public int apiVersion() {
      return API_VERSION;
    }

    @Override
    public void register(Components components) {
      components
          .of(AttentionMechanism.class)
          .add(
              "covering", "Looks away from where it looked.", Config.class, CoveringAttention::new);
    }
  }

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    Ops tf = scope.tf();
    Operand<TInt32> lengths = memory.sequence().lengths();
    Operand<TFloat32> values = Masks.zeroPadding(tf, memory.sequence().values(), lengths);
    return NamedTensors.of("keys", scope.linear("key", queryDepth, false, values))
        .with("values", values)
        .with("real", Masks.real(tf, lengths, Rows.size(tf, values, 1)));
  }

  @Override
  public NamedTensors initialState(Scope scope, NamedTensors prepared) {
    Ops tf = scope.tf();
    return sequential
        ? NamedTensors.of(
            "coverage", tf.reduceSum(tf.zerosLike(prepared.floats("keys")), tf.constant(2)))
        : NamedTensors.EMPTY;
  }

  @Override
  public boolean sequential() {
    return sequential;
  }

  @Override
  public Attended attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TFloat32> scores =
        tf.train.batchMatMul(
            query, prepared.floats("keys"), TFloat32.class, BatchMatMul.adjY(true)); // [B, Q, S]
    Operand<TInt32> each = tf.shape(scores);
    Operand<TInt32> flat = tf.stack(List.of(tf.constant(-1), Rows.size(tf, scores, 2))); // [B·Q, S]
    if (sequential) {
      scores = tf.math.sub(scores, tf.reshape(state.floats("coverage"), each));
    }
    Operand<TFloat32> weights = Masks.softmax(tf, scores, prepared.bools("real")); // [B, Q, S]
    Operand<TFloat32> rows = tf.reshape(weights, flat); // [B·Q, S]
    Operand<TFloat32> loss = tf.reduceSum(tf.math.square(rows), tf.constant(1)); // [B·Q]
    return new Attended(
        tf.train.batchMatMul(weights, prepared.floats("values"), TFloat32.class),
        weights,
        sequential
            ? NamedTensors.of("coverage", tf.math.add(state.floats("coverage"), rows))
            : NamedTensors.EMPTY,
        NamedTensors.of("sharpness", loss));
  }
}
