package org.seq4j.rnn;

import java.util.Optional;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.layers.AttentionMemory;
import org.seq4j.core.model.AttentionMechanism;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatefulAttention;
import org.seq4j.core.model.StatelessAttention;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.Components;
import org.seq4j.core.plugin.Plugin;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Attention with everything that a mechanism may have: parameters, losses and, if wanted, a state.
 */
final class CoveringAttention {
  private CoveringAttention() {}

  static Component<AttentionMechanism> withState() {
    return component(true);
  }

  static Component<AttentionMechanism> withoutState() {
    return component(false);
  }

  private static Component<AttentionMechanism> component(boolean stateful) {
    return Component.of(
        AttentionMechanism.class, "covering", new Config(stateful), CoveringAttention::of);
  }

  record Config(boolean stateful) {}

  private static AttentionMechanism of(Config config) {
    return config.stateful() ? new Stateful() : new Stateless();
  }

  static final class Covering implements Plugin {
    @Override
    public int apiVersion() {
      return API_VERSION;
    }

    @Override
    public void register(Components components) {
      components
          .of(AttentionMechanism.class)
          .add("covering", "Looks away from where it looked.", Config.class, CoveringAttention::of);
    }
  }

  private static NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    Ops tf = scope.tf();
    Operand<TInt32> lengths = memory.sequence().lengths();
    Operand<TFloat32> values = Masks.zeroPadding(tf, memory.sequence().values(), lengths);
    return NamedTensors.of("keys", scope.linear("key", queryDepth, false, values))
        .with("values", values)
        .with("real", Masks.real(tf, lengths, Shapes.size(tf, values, 1)));
  }

  /**
   * Weights of products minus what is given, {@code [B, Q, S]}, and the sum of their squares as a
   * loss.
   */
  private static AttentionOutput attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Optional<Operand<TFloat32>> coverage) {
    Ops tf = scope.tf();
    Operand<TFloat32> scores =
        tf.train.batchMatMul(
            query, prepared.floats("keys"), TFloat32.class, BatchMatMul.adjY(true)); // [B, Q, S]
    if (coverage.isPresent()) {
      scores = tf.math.sub(scores, tf.reshape(coverage.get(), tf.shape(scores)));
    }
    Operand<TFloat32> weights = Masks.softmax(tf, scores, prepared.bools("real")); // [B, Q, S]
    Operand<TFloat32> loss =
        tf.reduceSum(tf.math.square(AttentionMemory.asState(tf, weights)), tf.constant(1)); // [B·Q]
    return new AttentionOutput(
        tf.train.batchMatMul(weights, prepared.floats("values"), TFloat32.class),
        weights,
        NamedTensors.of("sharpness", loss));
  }

  private record Stateless() implements StatelessAttention {
    @Override
    public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
      return CoveringAttention.prepare(scope, memory, queryDepth);
    }

    @Override
    public AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
      return CoveringAttention.attend(scope, prepared, query, Optional.empty());
    }
  }

  /** Its state is the sum of the weights so far, which it looks away from. */
  private record Stateful() implements StatefulAttention {
    @Override
    public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
      return CoveringAttention.prepare(scope, memory, queryDepth);
    }

    @Override
    public NamedTensors initialState(Scope scope, NamedTensors prepared) {
      Ops tf = scope.tf();
      return NamedTensors.of(
          "coverage", tf.reduceSum(tf.zerosLike(prepared.floats("keys")), tf.constant(2)));
    }

    @Override
    public Step attend(
        Scope scope,
        NamedTensors prepared,
        Operand<TFloat32> query,
        Operand<TInt32> position,
        NamedTensors state) {
      Operand<TFloat32> coverage = state.floats("coverage");
      AttentionOutput output =
          CoveringAttention.attend(scope, prepared, query, Optional.of(coverage));
      return new Step(
          output,
          NamedTensors.of(
              "coverage",
              scope
                  .tf()
                  .math
                  .add(coverage, AttentionMemory.asState(scope.tf(), output.weights()))));
    }
  }
}
