package org.seq4j.transformer;

import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/** The sublayer of a decoder through which a position reads the target before it. */
sealed interface TargetHistory permits SelfAttention, SimpleRecurrence {

  /**
   * Computes all positions; each reads only itself and those before.
   *
   * @param x {@code [B, T, D]}
   * @param lengths number of real positions of each sequence, {@code [B]}
   * @return {@code [B, T, D]}
   */
  Operand<TFloat32> all(
      Scope scope, Operand<TFloat32> x, Operand<TInt32> lengths, SelfAttention.Context context);

  /** Returns the state before the first step, with a row for each source. */
  NamedTensors initialState(Ops tf, Operand<? extends TType> perSource);

  /**
   * Computes the next position from the state.
   *
   * @param x {@code [N, D]}
   * @param positions positions up to that of x, {@code [t]}
   */
  Step step(
      Scope scope,
      Operand<TFloat32> x,
      Operand<TInt32> positions,
      NamedTensors state,
      SelfAttention.Context context);

  /**
   * The result of a step.
   *
   * @param output {@code [N, D]}
   * @param state the state of all positions so far, {@code [N, ...]} each
   */
  record Step(Operand<TFloat32> output, NamedTensors state) {}
}
