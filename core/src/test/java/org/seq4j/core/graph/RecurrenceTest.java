package org.seq4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class RecurrenceTest {
  private static final int BATCH = 3;
  private static final int TIME = 4;
  private static final int DEPTH = 2;
  private static final int UNITS = 3;

  @Test
  void gradientsOfAnLstmAgreeWithFiniteDifferences() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(true);
      GradientCheck.check(model, loss(scope, lstm(scope, Recurrence.Direction.FORWARD)), 1e-2, 7);
    }
  }

  @Test
  void gradientsOfABackwardLstmAgreeWithFiniteDifferences() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(true);
      GradientCheck.check(model, loss(scope, lstm(scope, Recurrence.Direction.BACKWARD)), 1e-2, 8);
    }
  }

  private static Operand<TFloat32> loss(Scope scope, Recurrence.Scanned scanned) {
    Ops tf = scope.tf();
    Operand<TFloat32> sum = tf.constant(0f);
    for (Operand<TFloat32> value :
        List.of(
            scanned.outputs().floats("hidden"),
            scanned.finalState().floats("hidden"),
            scanned.finalState().floats("cell"))) {
      Operand<TFloat32> flat = tf.reshape(value, tf.constant(new int[] {-1}));
      Operand<TFloat32> weights =
          tf.math.sin(
              tf.dtypes.cast(
                  tf.range(tf.constant(0), tf.size(flat), tf.constant(1)), TFloat32.class));
      sum = tf.math.add(sum, tf.reduceSum(tf.math.mul(flat, weights), tf.constant(0)));
    }
    return sum;
  }

  private static Recurrence.Scanned lstm(Scope scope, Recurrence.Direction direction) {
    Ops tf = scope.tf();
    Operand<TFloat32> inputs =
        scope.parameter("inputs", Shape.of(BATCH, TIME, DEPTH), Initializer.uniform(1));
    Operand<TInt32> lengths = tf.constant(new int[] {4, 2, 3});
    NamedTensors initial =
        NamedTensors.of(
                "hidden", scope.parameter("hidden", Shape.of(BATCH, UNITS), Initializer.ZEROS))
            .with("cell", scope.parameter("cell", Shape.of(BATCH, UNITS), Initializer.ZEROS));
    return Recurrence.scan(
        scope,
        NamedTensors.of("x", inputs),
        lengths,
        initial,
        NamedTensors.EMPTY,
        direction,
        (inner, x, state, constants, time) -> step(inner, x.floats("x"), state));
  }

  private static Recurrence.Stepped step(Scope scope, Operand<TFloat32> x, NamedTensors state) {
    Ops tf = scope.tf();
    Operand<TFloat32> z =
        scope.linear("gates", 4L * UNITS, true, List.of(x, state.floats("hidden")));
    List<? extends Operand<TFloat32>> parts = tf.split(tf.constant(1), z, 4L).output();
    Operand<TFloat32> in = tf.math.sigmoid(parts.get(0));
    Operand<TFloat32> forget = tf.math.sigmoid(parts.get(1));
    Operand<TFloat32> out = tf.math.sigmoid(parts.get(2));
    Operand<TFloat32> candidate = tf.math.tanh(parts.get(3));
    Operand<TFloat32> cell =
        tf.math.add(tf.math.mul(forget, state.floats("cell")), tf.math.mul(in, candidate));
    Operand<TFloat32> hidden = tf.math.mul(out, tf.math.tanh(cell));
    return new Recurrence.Stepped(
        NamedTensors.of("hidden", hidden), NamedTensors.of("hidden", hidden).with("cell", cell));
  }

  @Test
  void theScanEqualsTheSameStepUnrolled() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(true);
      Recurrence.Scanned scanned = lstm(scope, Recurrence.Direction.FORWARD);
      assertThat(scanned.outputs().names()).containsExactly("hidden");
    }
  }
}
