package org.seq4j.core.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
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
      model.initialise();
      return model.read();
    }
  }

  @Test
  void theBlocksOfALinearMapAreInitialisedAsOne() {
    try (ModelGraph model = new ModelGraph(1, 1)) {
      Scope scope = model.scope(false);
      Operand<TFloat32> wide = scope.tf().constant(new float[][] {new float[300]});
      Operand<TFloat32> narrow = scope.tf().constant(new float[][] {{1, 2}});
      scope.linear("map", 4, true, List.of(wide, narrow));
      model.initialise();
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
          .hasMessage("parameter layer.w has shape [2] and was asked for with [3]");
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
                  + " component asks its scope for them and does not use them");
    }
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
          .hasMessageMatching("nothing leads from .*aside.* to .*");
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
                      Recurrence.scan(
                          scope,
                          NamedTensors.of("x", x),
                          scope.tf().constant(new int[] {3, 2}),
                          NamedTensors.of("h", start),
                          NamedTensors.EMPTY,
                          Recurrence.Direction.FORWARD,
                          (inner, in, state, none, time) ->
                              new Recurrence.Stepped(
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
