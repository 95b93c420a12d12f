package org.seq4j.runtime.graph.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.runtime.graph.GradientCheck;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.function.DifferentiableFunction;
import org.seq4j.runtime.graph.function.GraphSurgery;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What is asked of a step that is traced several times, and what remains of one that fails. */
@Timeout(120)
class StepTraceTest {
  private static final String EACH_TIME = "; a body must request the same parameters each time";

  /** A step that may do something else each time that it is traced. */
  @FunctionalInterface
  private interface Step {
    NamedTensors next(Scope scope, Operand<TFloat32> x, NamedTensors state, int trace);
  }

  /** A scan in training: trace 1 is the first, 2 the way forward and 3 the way back. */
  private static Loop.ScanOutput scan(ModelGraph model, NamedTensors initial, Step step) {
    Scope scope = model.scope(true);
    int[] traces = new int[1];
    return scope.scan(
        NamedTensors.EMPTY,
        NamedTensors.of("x", scope.parameter("x", Shape.of(2, 3, 2), Initializer.uniform(1))),
        scope.tf().constant(new int[] {3, 2}),
        initial,
        Loop.Direction.FORWARD,
        (inner, none, x, position, state) ->
            new Loop.StepOutput(
                NamedTensors.EMPTY, step.next(inner, x.floats("x"), state, ++traces[0])));
  }

  private static void assertRefused(String message, Step step) {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      assertThatThrownBy(() -> scan(model, state(model.scope(true), "h"), step))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(message);
    }
  }

  private static NamedTensors state(Scope scope, String... names) {
    NamedTensors state = NamedTensors.EMPTY;
    for (String name : names) {
      state = state.with(name, scope.parameter(name, Shape.of(2, 2), Initializer.uniform(1)));
    }
    return state;
  }

  private static Operand<TFloat32> map(Scope scope, String name, NamedTensors state) {
    return scope.linear(name, 2, true, state.floats("h"));
  }

  @Test
  void aStateMayComeBackInAnotherOrder() {
    assertThat(finalStates(true)).isEqualTo(finalStates(false)).isNotZero();
  }

  private static double finalStates(boolean reordered) {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      NamedTensors states =
          scan(
                  model,
                  state(model.scope(true), "a", "b"),
                  (scope, x, state, trace) -> {
                    Operand<TFloat32> a =
                        scope.tf().math.tanh(scope.tf().math.add(x, state.floats("b")));
                    Operand<TFloat32> b = scope.linear("w", 2, true, state.floats("a"));
                    return reordered
                        ? NamedTensors.of("b", b).with("a", a)
                        : NamedTensors.of("a", a).with("b", b);
                  })
              .finalState();
      Ops tf = model.tf();
      Operand<TFloat32> a = tf.reduceSum(states.floats("a"), tf.constant(new int[] {0, 1}));
      Operand<TFloat32> gradient =
          model.gradients(a, List.of(model.parameters().value("w.kernel"))).get(0);
      model.initialize();
      return GradientCheck.value(model, a)
          + 10 * GradientCheck.value(model, tf.reduceSum(gradient, tf.constant(new int[] {0, 1})));
    }
  }

  @Test
  void aStateThatChangesItsTypeIsRefused() {
    assertRefused(
        "a step was given the state 'h' as TFloat32 [2, 2] and returned it as TInt32 [2, 2]",
        (scope, x, state, trace) ->
            NamedTensors.of("h", scope.tf().dtypes.cast(state.floats("h"), TInt32.class)));
  }

  @Test
  void aStateThatLosesATensorIsRefused() {
    assertRefused(
        "a step was given the state tensors [h] and returned [g]: return the same names",
        (scope, x, state, trace) -> NamedTensors.of("g", state.floats("h")));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void anotherLinearMapOnALaterTraceIsRefused(int changed) {
    assertRefused(
        "the step requested the linear map a of [2] to 2 on its first trace and for the linear map"
            + " b of [2] to 2 now"
            + EACH_TIME,
        (scope, x, state, trace) ->
            NamedTensors.of("h", map(scope, trace == changed ? "b" : "a", state)));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aLinearMapMoreIsRefused(int changed) {
    assertRefused(
        "the step requested 1 linear map on its first trace and for one more, the linear map b of"
            + " [2] to 2 now"
            + EACH_TIME,
        (scope, x, state, trace) -> {
          NamedTensors next = NamedTensors.of("h", map(scope, "a", state));
          return trace == changed ? NamedTensors.of("h", map(scope, "b", next)) : next;
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void aLinearMapFewerIsRefused(int changed) {
    assertRefused(
        "the step requested the linear map a of [2] to 2 on its first trace and for only 0 linear"
            + " maps now"
            + EACH_TIME,
        (scope, x, state, trace) ->
            trace == changed ? state : NamedTensors.of("h", map(scope, "a", state)));
  }

  @Test
  void anotherParameterOnALaterTraceIsRefused() {
    assertRefused(
        "the step requested the parameters [a] on its first trace and for the parameter b now"
            + EACH_TIME,
        (scope, x, state, trace) -> plus(scope, state, trace == 1 ? "a" : "b", Shape.of(2)));
  }

  @Test
  void aParameterOfAnotherShapeOnALaterTraceIsRefused() {
    assertRefused(
        "the step requested the parameter a of shape [2] on its first trace and for it of shape [1]"
            + " now"
            + EACH_TIME,
        (scope, x, state, trace) -> plus(scope, state, "a", Shape.of(trace == 1 ? 2 : 1)));
  }

  @Test
  void aParameterOfTwoShapesInOneStepIsRefused() {
    assertRefused(
        "parameter a has shape [2] and was requested with [1]",
        (scope, x, state, trace) ->
            plus(scope, plus(scope, state, "a", Shape.of(2)), "a", Shape.of(1)));
  }

  @Test
  void randomNumbersOnALaterTraceOnlyAreRefused() {
    assertRefused(
        "the step requested no random numbers on its first trace and for some now" + EACH_TIME,
        (scope, x, state, trace) ->
            NamedTensors.of("h", scope.dropout(state.floats("h"), trace == 1 ? 0 : 0.5f)));
  }

  private static NamedTensors plus(Scope scope, NamedTensors state, String name, Shape shape) {
    Operand<TFloat32> parameter = scope.parameter(name, shape, Initializer.uniform(1));
    return NamedTensors.of("h", scope.tf().math.add(state.floats("h"), parameter));
  }

  /** What is left in a table of the process keeps its graph from being collected, for ever. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void nothingRemainsOfAStepThatFails(int failing) {
    List<Graph> graphs = new ArrayList<>();
    try (ModelGraph model = new ModelGraph(1, 1)) {
      assertThatThrownBy(
              () ->
                  scan(
                      model,
                      state(model.scope(true), "h"),
                      (scope, x, state, trace) -> {
                        function(scope.tf(), x);
                        graphs.add((Graph) scope.tf().scope().env());
                        if (trace == failing) {
                          throw new IllegalStateException("no");
                        }
                        return state;
                      }))
          .hasMessage("no");
    }
    assertThat(graphs).hasSize(failing).noneMatch(GraphSurgery::remembers);
  }

  private static void function(Ops tf, Operand<?> x) {
    DifferentiableFunction.apply(
        tf,
        "identity",
        List.of(x),
        (inner, in) -> new DifferentiableFunction.Result(in, List.of()),
        (inner, in, out, saved, gradients) -> gradients);
  }
}
