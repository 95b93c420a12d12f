package org.seq4j.runtime.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.Loop;
import org.seq4j.core.graph.NamedTensors;
import org.seq4j.core.graph.Scope;
import org.seq4j.core.graph.Shapes;
import org.seq4j.runtime.graph.scan.GraphScope;
import org.seq4j.runtime.graph.scan.Precision;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

@Timeout(120)
class ModelGraphTest {

  @Test
  void firstValuesDependOnSeedAndPathOnly() {
    Map<String, float[]> first = values(1, "a", "b");
    assertThat(values(1, "b", "a").get("a")).isEqualTo(first.get("a"));
    assertThat(first.get("b")).isNotEqualTo(first.get("a"));
    assertThat(values(2, "a").get("a")).isNotEqualTo(first.get("a"));
  }

  private static Map<String, float[]> values(long seed, String... names) {
    try (ModelGraph model = new ModelGraph(seed, 1)) {
      for (String name : names) {
        model.scope(false).parameter(name, Shape.of(2, 3), Initializer.GLOROT);
      }
      model.initialize();
      return model.read();
    }
  }

  @Test
  void theBlocksOfALinearMapAreInitializedAsOne() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Scope scope = model.scope(false);
      Operand<TFloat32> wide = scope.tf().constant(new float[][] {new float[300]});
      Operand<TFloat32> narrow = scope.tf().constant(new float[][] {{1, 2}});
      scope.linear("map", 4, true, List.of(wide, narrow));
      model.initialize();
      double limit = Math.sqrt(6.0 / (302 + 4));
      assertThat(model.read().keySet()).containsExactly("map.bias", "map.kernel.0", "map.kernel.1");
      for (float value : model.read().get("map.kernel.1")) {
        assertThat(Math.abs(value)).isBetween(0f, (float) limit);
      }
    }
  }

  @Test
  void aParameterAskedForWithAnotherShapeIsRefused() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Scope scope = model.scope(true).child("layer");
      scope.parameter("w", Shape.of(2), Initializer.ZEROS);
      assertThatThrownBy(() -> scope.parameter("w", Shape.of(3), Initializer.ZEROS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("parameter layer.w has shape [2] and was requested with [3]");
    }
  }

  @Test
  void noiseIsNormalInTrainingAndNoneOutsideOfIt() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope training = model.scope(true);
      Operand<TFloat32> twos =
          training
              .tf()
              .fill(training.tf().constant(new int[] {10_000}), training.tf().constant(2f));
      assertThat(model.scope(false).noise(twos, 0.5f)).isSameAs(twos);
      Operand<TFloat32> noisy = training.noise(twos, 0.5f);
      var zero = training.tf().constant(0);
      double mean = GradientCheck.value(model, training.tf().math.mean(noisy, zero));
      double square =
          GradientCheck.value(
              model, training.tf().math.mean(training.tf().math.square(noisy), zero));
      assertThat(mean).isCloseTo(2, within(0.03));
      assertThat(Math.sqrt(square - mean * mean)).isCloseTo(0.5, within(0.02));
    }
  }

  @Test
  void dropoutIsTheIdentityOutsideTrainingAndKeepsTheMeanInIt() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Scope training = model.scope(true);
      Operand<TFloat32> ones =
          training.tf().fill(training.tf().constant(new int[] {10000}), training.tf().constant(1f));
      assertThat(model.scope(false).dropout(ones, 0.5f)).isSameAs(ones);
      double mean =
          GradientCheck.value(
              model,
              training.tf().math.mean(training.dropout(ones, 0.3f), training.tf().constant(0)));
      assertThat(mean).isBetween(0.97, 1.03);
    }
  }

  @Test
  void allParametersThatALossDoesNotDependOnAreNamed() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Scope scope = model.scope(true).child("encoder");
      Operand<TFloat32> used = scope.parameter("used", Shape.scalar(), Initializer.ZEROS);
      Operand<TFloat32> idle = scope.parameter("idle", Shape.scalar(), Initializer.ZEROS);
      Operand<TFloat32> spare = scope.parameter("spare", Shape.of(2), Initializer.ZEROS);
      Operand<TFloat32> loss = scope.tf().math.square(used);
      assertThatThrownBy(() -> model.gradients(loss, List.of(idle, used, spare)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "the loss does not depend on these parameters: encoder.idle, encoder.spare; a"
                  + " component requests them from its scope but does not use them");
    }
  }

  @Test
  void aTableThatIsOnlyLookedUpInHasAGradientOfThoseRows() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Operand<TFloat32> loss = lossOfLookups(model.scope(true));
      ParameterGradient rows = model.gradients(loss).get(0);
      Operand<TFloat32> table = model.parameters().value("table");
      Operand<TFloat32> whole = model.gradients(loss, List.of(table)).get(0);
      model.initialize();
      assertThat(floats(model, rows.dense(model.tf(), Shape.of(6, 2))))
          .containsExactly(floats(model, whole), within(1e-6f));
      assertThat(floats(model, rows.values())).hasSize(3 * 2); // of rows 4, 1 and 0
      assertThat(floats(model, whole)).hasSize(6 * 2).contains(0f);
    }
  }

  /** As positions of a source are: how many there are is known from what was looked up before. */
  @Test
  void whichRowsOfATableAreReadMayDependOnAnotherTable() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Scope scope = model.scope(true);
      Ops tf = scope.tf();
      Operand<TFloat32> tokens =
          scope.lookup(
              "tokens",
              Shape.of(6, 2),
              Initializer.GLOROT,
              tf.placeholderWithDefault(
                  tf.constant(new int[] {4, 1, 4}), Shape.of(Shape.UNKNOWN_SIZE)));
      Operand<TFloat32> positions =
          scope.lookup(
              "positions",
              Shape.of(5, 2),
              Initializer.GLOROT,
              tf.range(tf.constant(0), Shapes.size(tf, tokens, 0), tf.constant(1)));
      Operand<TFloat32> last = scope.parameter("last", Shape.of(2), Initializer.uniform(1));
      Operand<TFloat32> loss =
          tf.nn.l2Loss(tf.math.sin(tf.math.add(tf.math.mul(tokens, last), positions)));
      List<ParameterGradient> gradients = model.gradients(loss);
      List<Operand<TFloat32>> whole =
          model.gradients(
              loss, gradients.stream().map(it -> model.parameters().value(it.path())).toList());
      model.initialize();
      assertThat(gradients)
          .extracting(it -> it.rows().isPresent())
          .containsExactly(true, true, false);
      for (int i = 0; i < gradients.size(); i++) {
        ParameterGradient gradient = gradients.get(i);
        Shape shape = model.parameters().value(gradient.path()).shape();
        assertThat(floats(model, gradient.dense(model.tf(), shape)))
            .as(gradient.path())
            .containsExactly(floats(model, whole.get(i)), within(1e-6f));
      }
    }
  }

  @Test
  void aTableThatIsAlsoReadWholeHasAGradientOfAllRows() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Scope scope = model.scope(true);
      Operand<TFloat32> ofLookups = lossOfLookups(scope);
      Operand<TFloat32> table = scope.parameter("table", Shape.of(6, 2), Initializer.GLOROT);
      Operand<TFloat32> loss =
          scope.tf().math.add(ofLookups, scope.tf().nn.l2Loss(scope.tf().math.sin(table)));
      ParameterGradient gradient = model.gradients(loss).get(0);
      assertThat(gradient.rows()).isEmpty();
      assertThat(gradient.values().shape()).isEqualTo(Shape.of(6, 2));
    }
  }

  @Test
  void aTableThatALossDoesNotDependOnIsNamed() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Scope scope = model.scope(true);
      lossOfLookups(scope);
      Operand<TFloat32> used = scope.parameter("used", Shape.scalar(), Initializer.ZEROS);
      assertThatThrownBy(() -> model.gradients(scope.tf().math.square(used)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the loss does not depend on these parameters: table");
    }
  }

  /** Two lookups with rows in common, and a row twice in one. */
  private static Operand<TFloat32> lossOfLookups(Scope scope) {
    Ops tf = scope.tf();
    Operand<TFloat32> first =
        scope.lookup(
            "table",
            Shape.of(6, 2),
            Initializer.GLOROT,
            tf.constant(new int[][] {{4, 1}, {4, 0}})); // [2, 2, 2]
    Operand<TFloat32> second =
        scope.lookup("table", Shape.of(6, 2), Initializer.GLOROT, tf.constant(new int[] {1}));
    return tf.math.add(
        tf.nn.l2Loss(tf.math.sin(tf.math.add(first, tf.constant(new float[] {0.3f, -0.8f})))),
        tf.nn.l2Loss(tf.math.exp(second)));
  }

  private static float[] floats(ModelGraph model, Operand<TFloat32> operand) {
    try (Result result = model.session().runner().fetch(operand).run()) {
      TFloat32 tensor = (TFloat32) result.get(0);
      float[] values = new float[(int) tensor.shape().size()];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }

  @Test
  void aProfileCountsTheOpsOfTheRunsWhileItIsOpen() {
    try (ModelGraph model = new ModelGraph(1, 2)) {
      Scope scope = model.scope(false);
      Operand<TFloat32> x =
          scope
              .tf()
              .fill(
                  scope.tf().constant(new int[] {2, 3}),
                  scope.parameter("x", Shape.scalar(), Initializer.ZEROS));
      Operand<TFloat32> y = scope.linear("map", 3, false, scope.linear("map", 3, false, x));
      model.initialize();
      Profile profile = model.profile();
      try (profile) {
        model.run(model.session().runner().fetch(y)).close();
        model.runInCaller(model.session().runner().fetch(y)).close();
        assertThatThrownBy(model::profile)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("this graph is already being profiled: close the open profile first");
      }
      model.run(model.session().runner().fetch(y)).close();
      assertThat(profile.runs()).isEqualTo(2);
      assertThat(profile.ops())
          .filteredOn(op -> op.type().endsWith("MatMul"))
          .extracting(Profile.OpTime::count)
          .containsExactly(4L);
    }
  }

  @Test
  void linearMapsInUseJoinTheirKernelsAndGiveTheSame() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      GraphScope use = model.scope(false);
      Ops tf = use.tf();
      List<Operand<TFloat32>> inputs =
          List.of(tf.constant(new float[][] {{1, -2}}), tf.constant(new float[][] {{0.5f, 3, -1}}));
      Operand<TFloat32> joined = use.linear("map", 4, true, inputs);
      Operand<TFloat32> apart = model.scope(true).linear("map", 4, true, inputs);
      model.initialize();
      assertThat(use.preparedKernels()).hasSize(1);
      assertThat(use.preparedKernels().get(0).shape()).isEqualTo(Shape.of(5, 4));
      assertThat(floats(model, joined)).containsExactly(floats(model, apart), within(1e-6f));
    }
  }

  @Test
  void productsOfSixteenBitsAreThoseOfRoundedFactors() {
    float roundedToOne = 1 + 0x1p-9f; // so that products are the rounded weights, and exact
    try (ModelGraph model = new ModelGraph(1, 1)) {
      GraphScope use = model.scope(Precision.BF16);
      Ops tf = use.tf();
      Operand<TFloat32> x = tf.constant(new float[][] {{roundedToOne}});
      Operand<TFloat32> zero = tf.constant(new float[][] {{0}});
      Operand<TFloat32> one = use.linear("one", 4, false, List.of(x));
      Operand<TFloat32> two = use.linear("two", 4, false, List.of(zero, x));
      Operand<TFloat32> table = use.parameter("table", Shape.of(5, 1), Initializer.GLOROT);
      Operand<TFloat32> products = use.products(x, table);
      model.initialize();
      assertThat(use.preparedKernels()).hasSize(3);

      Map<String, float[]> weights = model.read();
      assertThat(floats(model, one)).containsExactly(rounded(weights.get("one.kernel")));
      assertThat(floats(model, two)).containsExactly(rounded(weights.get("two.kernel.1")));
      assertThat(floats(model, products)).containsExactly(rounded(weights.get("table")));
    }
  }

  /** To the nearest numbers with 8 bits of precision. */
  private static float[] rounded(float[] values) {
    float[] rounded = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      float unit = Math.scalb(1f, Math.getExponent(values[i]) - 7);
      rounded[i] = (float) Math.rint(values[i] / unit) * unit;
    }
    return rounded;
  }

  @Test
  void somethingElseThatALossDoesNotDependOnIsNamedByItsOp() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Scope scope = model.scope(true);
      Operand<TFloat32> used = scope.parameter("used", Shape.scalar(), Initializer.ZEROS);
      Operand<TFloat32> constant = scope.tf().withName("aside").constant(1f);
      Operand<TFloat32> loss = scope.tf().math.square(used);
      assertThatThrownBy(() -> model.gradients(loss, List.of(used, constant)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching("the loss .* does not depend on .*aside.*");
    }
  }

  /** Graphs of loops stay in TensorFlow Java's table, where they made later graphs get lost. */
  @Test
  void manyGraphsAreBuiltOneAfterTheOtherWhileOldOnesAreCollected() {
    assertThatCode(
            () -> {
              for (int i = 0; i < 12; i++) {
                try (ModelGraph model = new ModelGraph(i, 1)) {
                  Scope scope = model.scope(true);
                  Operand<TFloat32> x = scope.parameter("x", Shape.of(2, 3, 2), Initializer.ZEROS);
                  Operand<TFloat32> start = scope.parameter("h", Shape.of(2, 2), Initializer.ZEROS);
                  var scanned =
                      scope.scan(
                          NamedTensors.EMPTY,
                          NamedTensors.of("x", x),
                          scope.tf().constant(new int[] {3, 2}),
                          NamedTensors.of("h", start),
                          Loop.Direction.FORWARD,
                          (inner, none, in, time, state) ->
                              new Loop.StepOutput(
                                  NamedTensors.EMPTY,
                                  NamedTensors.of(
                                      "h",
                                      inner.linear(
                                          "w",
                                          2,
                                          true,
                                          List.of(in.floats("x"), state.floats("h"))))));
                  Operand<TFloat32> loss =
                      scope
                          .tf()
                          .reduceSum(
                              scanned.finalState().floats("h"),
                              scope.tf().constant(new int[] {0, 1}));
                  model.gradients(loss, List.of(x, start));
                  System.gc();
                }
              }
            })
        .doesNotThrowAnyException();
  }
}
