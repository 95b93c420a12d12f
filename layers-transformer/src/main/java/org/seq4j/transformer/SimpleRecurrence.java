package org.seq4j.transformer;

import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * The simpler simple recurrent unit, SSRU (Kim et al. 2019), in the place of self-attention:
 *
 * <pre>
 * f = sigmoid(W_f x + b_f)      c' = f * c + (1 - f) * W x      output = relu(c')
 * </pre>
 *
 * <p>Its state is c, one vector, whatever the number of positions. All products are computed at
 * once in training; the loop over the positions only multiplies and adds vectors.
 *
 * @param units size of a layer, D
 */
record SimpleRecurrence(int units) implements TargetHistory {
  private static final String CELL = "cell";
  private static final String FORGET = "forget";
  private static final String NEW = "new";

  @Override
  public Operand<TFloat32> all(
      Scope scope, Operand<TFloat32> x, Operand<TInt32> lengths, SelfAttention.Context context) {
    Ops tf = scope.tf();
    Loop.ScanOutput scanned =
        scope.scan(
            NamedTensors.EMPTY,
            projected(scope, x),
            lengths,
            initialState(tf, x),
            Loop.Direction.FORWARD,
            (inner, constants, input, position, state) -> {
              NamedTensors next = next(inner.tf(), input, state);
              return new Loop.StepOutput(next, next);
            });
    return tf.nn.relu(scanned.outputs().floats(CELL)); // [B, T, D]
  }

  @Override
  public NamedTensors initialState(Ops tf, Operand<? extends TType> perSource) {
    return NamedTensors.of(CELL, Shapes.zeros(tf, perSource, units));
  }

  @Override
  public Step step(
      Scope scope,
      Operand<TFloat32> x,
      Operand<TInt32> positions,
      NamedTensors state,
      SelfAttention.Context context) {
    NamedTensors next = next(scope.tf(), projected(scope, x), state);
    return new Step(scope.tf().nn.relu(next.floats(CELL)), next);
  }

  /** Returns f and {@code (1 - f) * W x}, {@code [B, T, D]} or {@code [N, D]} each. */
  private NamedTensors projected(Scope scope, Operand<TFloat32> x) {
    Ops tf = scope.tf();
    Operand<TFloat32> forget = tf.math.sigmoid(scope.linear(FORGET, units, true, x));
    Operand<TFloat32> kept = tf.math.sub(tf.constant(1f), forget);
    return NamedTensors.of(FORGET, forget)
        .with(NEW, tf.math.mul(kept, scope.linear("input", units, false, x)));
  }

  private static NamedTensors next(Ops tf, NamedTensors input, NamedTensors state) {
    return NamedTensors.of(
        CELL,
        tf.math.add(
            tf.math.mul(input.floats(FORGET), state.floats(CELL)), input.floats(NEW))); // [N, D]
  }
}
