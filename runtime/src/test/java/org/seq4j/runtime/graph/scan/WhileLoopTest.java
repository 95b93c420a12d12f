package org.seq4j.runtime.graph.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.runtime.graph.ModelGraph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

@Timeout(60)
class WhileLoopTest {
  private static final float[][] START = {{0.5f, -1}, {2, 0.25f}, {-3, 1}};

  /** x becomes tanh(x W + b) + t c until the sum of squares has come to a limit. */
  private static NamedTensors loop(Scope scope, int most, float limit) {
    Ops tf = scope.tf();
    return scope.whileLoop(
        NamedTensors.of("c", tf.constant(0.125f)),
        tf.constant(most),
        NamedTensors.of("x", tf.constant(START)).with("turns", tf.constant(new int[] {0, 0, 0})),
        (inner, constants, time, state) -> {
          Ops ops = inner.tf();
          Operand<TFloat32> product = inner.linear("map", 2, true, List.of(state.floats("x")));
          Operand<TFloat32> scale = inner.parameter("scale", Shape.of(2), Initializer.constant(1));
          Operand<TFloat32> x =
              ops.math.add(
                  ops.math.mul(ops.math.tanh(product), scale),
                  ops.math.mul(ops.dtypes.cast(time, TFloat32.class), constants.floats("c")));
          Operand<TFloat32> squares =
              ops.reduceSum(ops.math.square(x), ops.constant(new int[] {0, 1}));
          return new Loop.WhileOutput(
              NamedTensors.of("x", x)
                  .with("turns", ops.math.add(state.ints("turns"), ops.constant(1))),
              ops.math.less(squares, ops.constant(limit)));
        });
  }

  /** The same without a graph. */
  private static int expected(Map<String, float[]> weights, float[][] x, int most, float limit) {
    float[] kernel = weights.get("map.kernel");
    float[] bias = weights.get("map.bias");
    for (int turn = 0; turn < most; turn++) {
      float squares = 0;
      for (float[] row : x) {
        float[] before = row.clone();
        for (int unit = 0; unit < 2; unit++) {
          float sum = bias[unit] + before[0] * kernel[unit] + before[1] * kernel[2 + unit];
          row[unit] = (float) Math.tanh(sum) * weights.get("scale")[unit] + turn * 0.125f;
          squares += row[unit] * row[unit];
        }
      }
      if (squares >= limit) {
        return turn + 1;
      }
    }
    return most;
  }

  @ParameterizedTest
  @CsvSource({"1, 1000, 1", "7, 1000, 7", "40, 0, 1", "40, 10, 4"})
  void itEndsWhenItSaysOrAtTheMost(int most, float limit, int ended) {
    try (ModelGraph model = new ModelGraph(3, 1)) {
      NamedTensors last = loop(model.scope(false), most, limit);
      model.initialize();
      model.assign(Map.of("map.bias", new float[] {0.3f, -0.2f}, "scale", new float[] {0.5f, -2}));
      float[][] x = {START[0].clone(), START[1].clone(), START[2].clone()};
      int turns = expected(model.read(), x, most, limit);
      assertThat(turns).isEqualTo(ended);
      try (Result result =
          model.session().runner().fetch(last.get("x")).fetch(last.get("turns")).run()) {
        TFloat32 found = (TFloat32) result.get(0);
        for (int row = 0; row < 3; row++) {
          assertThat(((TInt32) result.get(1)).getInt(row)).isEqualTo(turns);
          for (int unit = 0; unit < 2; unit++) {
            assertThat(found.getFloat(row, unit)).isCloseTo(x[row][unit], within(1e-5f));
          }
        }
      }
    }
  }

  @Test
  void itHasNoGradients() {
    try (ModelGraph model = new ModelGraph(3, 1)) {
      assertThatThrownBy(() -> loop(model.scope(true), 3, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a while loop has no gradients: it cannot be used in training");
    }
  }
}
