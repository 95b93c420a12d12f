package org.seq4j.attention;

import java.util.List;
import org.seq4j.core.graph.Masks;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.core.model.AttentionOutput;
import org.seq4j.core.model.Memory;
import org.seq4j.core.model.StatelessAttention;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * No attention: weights and context are zero. A decoder that works without attention omits this
 * mechanism; other decoders receive a context of zeros.
 */
public final class NoAttention implements StatelessAttention {

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    Ops tf = scope.tf();
    Operand<TFloat32> values =
        Masks.zeroPadding(tf, memory.sequence().values(), memory.sequence().lengths());
    return NamedTensors.of("values", tf.zerosLike(values)); // [B, S, D]
  }

  @Override
  public AttentionOutput attend(Scope scope, NamedTensors prepared, Operand<TFloat32> query) {
    Ops tf = scope.tf();
    Operand<TFloat32> values = prepared.floats("values");
    Operand<TInt32> sources = Shapes.size(tf, query, 0);
    Operand<TInt32> queries = Shapes.size(tf, query, 1);
    Operand<TInt32> depth = tf.constant((int) values.shape().get(-1));
    return new AttentionOutput(
        tf.fill(tf.stack(List.of(sources, queries, depth)), tf.constant(0f)),
        tf.fill(tf.stack(List.of(sources, queries, Shapes.size(tf, values, 1))), tf.constant(0f)));
  }
}
