package org.seq4j.core.model;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.plugin.ComponentException;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Adapts stateless attention to the stateful interface, with an empty state. */
record SteppedAttention(StatelessAttention mechanism) implements StatefulAttention {

  @Override
  public NamedTensors prepare(Scope scope, Memory memory, long queryDepth) {
    return mechanism.prepare(scope, memory, queryDepth);
  }

  @Override
  public Step attend(
      Scope scope,
      NamedTensors prepared,
      Operand<TFloat32> query,
      Operand<TInt32> position,
      NamedTensors state) {
    AttentionOutput attended =
        ComponentException.notNull(mechanism, "attend", mechanism.attend(scope, prepared, query));
    return new Step(attended, NamedTensors.EMPTY);
  }
}
