package org.seq4j.runtime.graph.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.runtime.graph.GradientCheck;
import org.seq4j.runtime.graph.ModelGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.core.Unstack;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

@Timeout(120)
class ScanTest {
  private static final int BATCH = 3;
  private static final int TIME = 4;
  private static final int DEPTH = 2;
  private static final int UNITS = 3;
  private static final double TOLERANCE = 5e-3;

  @ParameterizedTest
  @EnumSource
  void gradientsOfAnLstmAgreeWithFiniteDifferences(Loop.Direction direction) {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(true);
      Operand<TFloat32> loss = loss(scope, lstm(scope, 4, direction));
      GradientCheck.check(model, loss, TOLERANCE, 7);
    }
  }

  @Test
  void gradientsOfAnAttentionalDecoderAgreeWithFiniteDifferences() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(true);
      Operand<TFloat32> loss = loss(scope, attentional(scope, 0));
      GradientCheck.check(model, loss, TOLERANCE, 9);
    }
  }

  @Test
  void gradientsWithDropoutInTheStepUseTheMaskOfTheWayForward() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(true);
      Operand<TFloat32> loss = loss(scope, attentional(scope, 0.4f));
      GradientCheck.check(model, loss, TOLERANCE, 10);
    }
  }

  /** One way's gradient is taken after the loop, the other's is added up in it. */
  @ParameterizedTest
  @ValueSource(ints = {BATCH, 1})
  void gradientsOfAConstantReadInSeveralWaysAreAddedUp(int rows) {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(true);
      GradientCheck.check(model, loss(scope, readingItsMemory(scope, rows)), TOLERANCE, 12);
    }
  }

  @Test
  void gradientsOfAScanWithinAScanAgreeWithFiniteDifferences() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(true);
      GradientCheck.check(model, loss(scope, nested(scope)), TOLERANCE, 11);
    }
  }

  @Test
  void theScanEqualsTheSameStepUnrolled() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(true);
      Operand<TFloat32> scanned = loss(scope, lstm(scope, 4, Loop.Direction.FORWARD));
      Operand<TFloat32> unrolled = loss(scope, unrolled(scope));
      model.initialize();
      assertThat(GradientCheck.value(model, scanned))
          .isCloseTo(GradientCheck.value(model, unrolled), within(1e-5));
    }
  }

  @Test
  void trainingAndInferenceGiveTheSame() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Operand<TFloat32> training = loss(model.scope(true), attentional(model.scope(true), 0.4f));
      Operand<TFloat32> inference = loss(model.scope(false), attentional(model.scope(false), 0.4f));
      Operand<TFloat32> plain = loss(model.scope(true), attentional(model.scope(true), 0));
      model.initialize();
      assertThat(GradientCheck.value(model, inference))
          .isCloseTo(GradientCheck.value(model, plain), within(1e-5));
      assertThat(GradientCheck.value(model, training))
          .isNotCloseTo(GradientCheck.value(model, plain), within(1e-3));
    }
  }

  @Test
  void theBodyAsksForTheSameParametersInBothBuilds() {
    Map<String, Shape> training = parametersOf(true);
    assertThat(training).isEqualTo(parametersOf(false)).hasSize(13);
  }

  @Test
  void shapesAreKnownInAStepToo() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      for (boolean training : List.of(true, false)) {
        List<Shape> shapes = new ArrayList<>();
        scan(
            model.scope(training),
            zeros(model.scope(training), "hidden"),
            NamedTensors.EMPTY,
            (inner, constants, x, time, state) -> {
              shapes.add(time.shape());
              Operand<TFloat32> scale = inner.parameter("scale", Shape.scalar(), Initializer.ZEROS);
              shapes.add(scale.shape());
              Operand<TFloat32> next = inner.tf().math.mul(state.floats("hidden"), scale);
              return new Loop.StepOutput(NamedTensors.EMPTY, NamedTensors.of("hidden", next));
            });
        assertThat(shapes).isNotEmpty().containsOnly(Shape.scalar());
      }
    }
  }

  private static Map<String, Shape> parametersOf(boolean training) {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      attentional(model.scope(training), 0.4f);
      return new TreeMap<>(model.parameters().shapes());
    }
  }

  @Test
  void aStateThatChangesItsShapeIsRefused() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(true);
      assertThatThrownBy(
              () ->
                  scan(
                      scope,
                      zeros(scope, "hidden"),
                      NamedTensors.EMPTY,
                      (inner, constants, x, time, state) ->
                          new Loop.StepOutput(
                              NamedTensors.EMPTY, NamedTensors.of("hidden", x.floats("x")))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "a step was given the state 'hidden' as TFloat32 [3, 3] and returned it as"
                  + " TFloat32 [3, 2]");
    }
  }

  private static Operand<TFloat32> loss(Scope scope, Loop.ScanOutput scanned) {
    Ops tf = scope.tf();
    List<Operand<?>> values = new ArrayList<>(scanned.outputs().operands());
    values.addAll(scanned.finalState().operands());
    Operand<TFloat32> sum = tf.constant(0f);
    for (Operand<?> value : values) {
      Operand<TFloat32> flat = tf.reshape(floats(value), tf.constant(new int[] {-1}));
      Operand<TInt32> positions = tf.range(tf.constant(0), tf.size(flat), tf.constant(1));
      Operand<TFloat32> weights = tf.math.sin(tf.dtypes.cast(positions, TFloat32.class));
      sum = tf.math.add(sum, tf.reduceSum(tf.math.mul(flat, weights), tf.constant(0)));
    }
    return sum;
  }

  @SuppressWarnings("unchecked") // all values in these tests are floats
  private static Operand<TFloat32> floats(Operand<?> value) {
    return (Operand<TFloat32>) value;
  }

  private static Operand<TFloat32> inputs(Scope scope) {
    return scope.parameter("inputs", Shape.of(BATCH, TIME, DEPTH), Initializer.uniform(1));
  }

  private static NamedTensors zeros(Scope scope, String... names) {
    NamedTensors state = NamedTensors.EMPTY;
    for (String name : names) {
      state =
          state.with(name, scope.parameter(name, Shape.of(BATCH, UNITS), Initializer.uniform(1)));
    }
    return state;
  }

  private static Loop.ScanOutput scan(
      Scope scope, NamedTensors initial, NamedTensors constants, Loop.ScanBody body) {
    return scope.scan(
        constants,
        NamedTensors.of("x", inputs(scope)),
        scope.tf().constant(new int[] {4, 0, 3}),
        initial,
        Loop.Direction.FORWARD,
        body);
  }

  private static Loop.ScanOutput lstm(Scope scope, int firstLength, Loop.Direction direction) {
    return scope.scan(
        NamedTensors.EMPTY,
        NamedTensors.of("x", inputs(scope)),
        scope.tf().constant(new int[] {firstLength, 2, 3}),
        zeros(scope, "hidden", "cell"),
        direction,
        (inner, constants, x, time, state) -> {
          NamedTensors next = lstmStep(inner, List.of(x.floats("x")), state);
          return new Loop.StepOutput(NamedTensors.of("hidden", next.floats("hidden")), next);
        });
  }

  private static NamedTensors lstmStep(
      Scope scope, List<Operand<TFloat32>> inputs, NamedTensors state) {
    Ops tf = scope.tf();
    List<Operand<TFloat32>> all = new ArrayList<>(inputs);
    all.add(state.floats("hidden"));
    Operand<TFloat32> z = scope.linear("gates", 4L * UNITS, true, all);
    List<? extends Operand<TFloat32>> parts = tf.split(tf.constant(1), z, 4L).output();
    Operand<TFloat32> kept = tf.math.mul(tf.math.sigmoid(parts.get(1)), state.floats("cell"));
    Operand<TFloat32> added =
        tf.math.mul(tf.math.sigmoid(parts.get(0)), tf.math.tanh(parts.get(3)));
    Operand<TFloat32> cell = tf.math.add(kept, added);
    Operand<TFloat32> hidden = tf.math.mul(tf.math.sigmoid(parts.get(2)), tf.math.tanh(cell));
    return state.with("hidden", hidden).with("cell", cell);
  }

  /** Two queries a step to a memory, and the memory itself, not by a product. */
  private static Loop.ScanOutput readingItsMemory(Scope scope, int rows) {
    Shape shape = Shape.of(rows, 5, UNITS);
    return scan(
        scope,
        zeros(scope, "hidden"),
        NamedTensors.of("memory", scope.parameter("memory", shape, Initializer.uniform(1))),
        (inner, constants, x, time, state) -> {
          Ops tf = inner.tf();
          Operand<TFloat32> memory = constants.floats("memory");
          Operand<TFloat32> hidden = state.floats("hidden");
          Operand<TFloat32> queries =
              tf.stack(List.of(hidden, tf.math.square(hidden)), Stack.axis(1L)); // [B, 2, U]
          Operand<TFloat32> weights =
              tf.nn.softmax(
                  tf.train.batchMatMul(queries, memory, TFloat32.class, BatchMatMul.adjY(true)));
          Operand<TFloat32> contexts = tf.train.batchMatMul(weights, memory, TFloat32.class);
          Operand<TFloat32> mean = tf.math.mean(tf.math.tanh(memory), tf.constant(1)); // [B, U]
          Operand<TFloat32> sum = tf.math.add(tf.reduceSum(contexts, tf.constant(1)), mean);
          Operand<TFloat32> next =
              tf.math.tanh(inner.linear("next", UNITS, true, List.of(x.floats("x"), sum)));
          return new Loop.StepOutput(
              NamedTensors.of("weights", tf.math.exp(weights)), NamedTensors.of("hidden", next));
        });
  }

  /**
   * An LSTM that is fed its own attentional vector, a product by hand, and a parameter of its own.
   */
  private static Loop.ScanOutput attentional(Scope scope, float dropout) {
    NamedTensors memory =
        NamedTensors.of(
            "memory", scope.parameter("memory", Shape.of(BATCH, 5, UNITS), Initializer.uniform(1)));
    return scan(
        scope,
        zeros(scope, "hidden", "cell", "fed"),
        memory,
        (inner, constants, x, time, state) -> {
          Ops tf = inner.tf();
          NamedTensors next = lstmStep(inner, List.of(x.floats("x"), state.floats("fed")), state);
          Operand<TFloat32> query = inner.dropout(next.floats("hidden"), dropout);
          Operand<TFloat32> weights =
              tf.nn.softmax(
                  tf.train.batchMatMul(
                      tf.expandDims(query, tf.constant(1)),
                      constants.floats("memory"),
                      TFloat32.class,
                      BatchMatMul.adjY(true)));
          Operand<TFloat32> context =
              Shapes.flatten(
                  tf,
                  tf.train.batchMatMul(weights, constants.floats("memory"), TFloat32.class),
                  UNITS);
          Operand<TFloat32> mixed =
              inner.linear("mixed", UNITS, false, List.of(x.floats("x"), context, query));
          Operand<TFloat32> scale =
              inner.parameter("scale", Shape.of(UNITS), Initializer.constant(1));
          Operand<TFloat32> fed = tf.math.tanh(tf.math.mul(mixed, scale));
          return new Loop.StepOutput(
              NamedTensors.of("fed", fed).with("squared", tf.math.square(x.floats("x"))),
              next.with("fed", fed));
        });
  }

  private static Loop.ScanOutput nested(Scope scope) {
    NamedTensors memory =
        NamedTensors.of(
            "memory", scope.parameter("memory", Shape.of(BATCH, 2, DEPTH), Initializer.uniform(1)));
    return scan(
        scope,
        zeros(scope, "hidden"),
        memory,
        (outer, constants, x, time, state) -> {
          Loop.ScanOutput inside =
              outer
                  .child("inner")
                  .scan(
                      NamedTensors.EMPTY,
                      NamedTensors.of("m", constants.floats("memory")),
                      outer.tf().constant(new int[] {2, 1, 2}),
                      state,
                      Loop.Direction.FORWARD,
                      (inner, none, m, t, s) -> {
                        Operand<TFloat32> next =
                            inner
                                .tf()
                                .math
                                .tanh(
                                    inner.linear(
                                        "h",
                                        UNITS,
                                        true,
                                        List.of(m.floats("m"), s.floats("hidden"))));
                        return new Loop.StepOutput(
                            NamedTensors.EMPTY, NamedTensors.of("hidden", next));
                      });
          Operand<TFloat32> hidden =
              outer
                  .tf()
                  .math
                  .tanh(
                      outer.linear(
                          "o",
                          UNITS,
                          true,
                          List.of(x.floats("x"), inside.finalState().floats("hidden"))));
          return new Loop.StepOutput(
              NamedTensors.of("hidden", hidden), NamedTensors.of("hidden", hidden));
        });
  }

  /** The LSTM of {@link #lstm} written out, its states frozen beyond each length. */
  private static Loop.ScanOutput unrolled(Scope scope) {
    Ops tf = scope.tf();
    NamedTensors state = zeros(scope, "hidden", "cell");
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    List<? extends Operand<TFloat32>> xs =
        tf.unstack(inputs(scope), (long) TIME, Unstack.axis(1L)).output();
    for (int t = 0; t < TIME; t++) {
      NamedTensors next = lstmStep(scope, List.of(xs.get(t)), state);
      var real =
          tf.expandDims(
              tf.math.greater(tf.constant(new int[] {4, 2, 3}), tf.constant(t)), tf.constant(1));
      outputs.add(tf.select(real, next.floats("hidden"), tf.constant(0f)));
      for (String name : List.of("hidden", "cell")) {
        next = next.with(name, tf.select(real, next.floats(name), state.floats(name)));
      }
      state = next;
    }
    return new Loop.ScanOutput(NamedTensors.of("hidden", tf.stack(outputs, Stack.axis(1L))), state);
  }
}
