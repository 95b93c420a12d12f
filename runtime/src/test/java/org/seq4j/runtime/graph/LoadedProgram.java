package org.seq4j.runtime.graph;

import java.util.List;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** A model with a scan, for {@link ClassLoadersTest}: its methods return types of the JDK. */
public final class LoadedProgram {
  private LoadedProgram() {}

  /** Returns the result of inference. */
  public static Double infer() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Operand<TFloat32> result = result(model.scope(false));
      model.initialize();
      return GradientCheck.value(model, result);
    }
  }

  /** Returns the sum of the gradient of the initial state. */
  public static Double train() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Scope scope = model.scope(true);
      Operand<TFloat32> result = result(scope);
      Operand<TFloat32> gradient =
          model.gradients(result).stream()
              .filter(it -> it.path().equals("h"))
              .findFirst()
              .orElseThrow()
              .values();
      Operand<TFloat32> sum = sum(scope.tf(), gradient);
      model.initialize();
      return GradientCheck.value(model, sum);
    }
  }

  private static Operand<TFloat32> result(Scope scope) {
    Ops tf = scope.tf();
    Loop.ScanOutput scanned =
        scope.scan(
            NamedTensors.EMPTY,
            NamedTensors.of("x", scope.parameter("x", Shape.of(1, 3, 2), Initializer.uniform(1))),
            lengths(tf),
            NamedTensors.of("h", scope.parameter("h", Shape.of(1, 2), Initializer.uniform(1))),
            Loop.Direction.FORWARD,
            (inner, constants, x, time, state) ->
                new Loop.StepOutput(
                    NamedTensors.EMPTY,
                    NamedTensors.of(
                        "h",
                        inner
                            .tf()
                            .math
                            .tanh(
                                inner.linear(
                                    "map", 2, true, List.of(x.floats("x"), state.floats("h")))))));
    return sum(tf, scanned.finalState().floats("h"));
  }

  private static Operand<TInt32> lengths(Ops tf) {
    return tf.constant(new int[] {3});
  }

  private static Operand<TFloat32> sum(Ops tf, Operand<TFloat32> values) {
    return tf.reduceSum(values, tf.constant(new int[] {0, 1}));
  }
}
