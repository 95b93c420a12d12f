package org.seq4j.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.training.Optimizer;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.graph.ParameterGradient;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

final class AdamOptimizerTest {
  private static final float[] START = {1, -2, 0.5f};
  private static final float[] GOAL = {0, 3, 0.25f};
  private static final double RATE = 0.05;
  private static final AdamOptimizer.Config CONFIG =
      new AdamOptimizer.Config(0.8, 0.99, 0.01, true, false);

  @Test
  void twentyStepsAreThoseOfTheFormula() {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      Ops tf = graph.tf();
      Operand<TFloat32> x = graph.scope(true).parameter("x", Shape.of(3), Initializer.ZEROS);
      Operand<TFloat32> loss =
          tf.reduceSum(tf.math.square(tf.math.sub(x, tf.constant(GOAL))), tf.constant(0));
      Op update = update(graph, graph.gradients(loss, List.of(x)).get(0));
      graph.initialize();
      graph.assign(Map.of("x", START));
      double[] expected = {START[0], START[1], START[2]};
      double[] m = new double[3];
      double[] v = new double[3];
      for (int step = 1; step <= 20; step++) {
        try (TInt64 number = TInt64.scalarOf(step)) {
          graph.session().runner().feed(graph.step(), number).addTarget(update).run().close();
        }
        adam(expected, m, v, step, 0, 1, 2);
        float[] got = graph.read().get("x");
        for (int i = 0; i < 3; i++) {
          assertThat((double) got[i])
              .as("x[%d], step %d", i, step)
              .isCloseTo(expected[i], within(1e-5));
        }
      }
    }
  }

  /** Each row has steps of its own, but the step number is everyone's. */
  @Test
  void lazyRowsMoveByTheFormulaAndOthersStay() {
    int[][] touched = {{0, 2}, {2}, {1, 2}, {0}, {2, 1, 0}, {1}};
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      Ops tf = graph.tf();
      var ids = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE)));
      Operand<TFloat32> found =
          graph.scope(true).lookup("x", Shape.of(4, 1), Initializer.ZEROS, ids); // [U, 1]
      Operand<TFloat32> goals =
          tf.gather(tf.constant(new float[][] {{0}, {3}, {0.25f}, {9}}), ids, tf.constant(0));
      Operand<TFloat32> loss =
          tf.reduceSum(tf.math.square(tf.math.sub(found, goals)), tf.constant(new int[] {0, 1}));
      ParameterGradient gradient = graph.gradients(loss).get(0);
      Op update = lazyUpdate(graph, gradient);
      graph.initialize();
      graph.assign(Map.of("x", new float[] {START[0], START[1], START[2], 7}));
      double[] expected = {START[0], START[1], START[2]};
      double[] m = new double[3];
      double[] v = new double[3];
      for (int step = 1; step <= touched.length; step++) {
        try (TInt64 number = TInt64.scalarOf(step);
            TInt32 rows = TInt32.vectorOf(touched[step - 1])) {
          graph
              .session()
              .runner()
              .feed(graph.step(), number)
              .feed(ids, rows)
              .addTarget(update)
              .run()
              .close();
        }
        adam(expected, m, v, step, touched[step - 1]);
        float[] got = graph.read().get("x");
        assertThat(got[3]).isEqualTo(7);
        for (int i = 0; i < 3; i++) {
          assertThat((double) got[i])
              .as("x[%d], step %d", i, step)
              .isCloseTo(expected[i], within(1e-5));
          assertThat((double) graph.read().get("optimizer.m.x")[i]).isCloseTo(m[i], within(1e-5));
          assertThat((double) graph.read().get("optimizer.v.x")[i]).isCloseTo(v[i], within(1e-4));
        }
      }
    }
  }

  private static Op lazyUpdate(ModelGraph graph, ParameterGradient gradient) {
    Ops tf = graph.tf().withControlDependencies(List.of(gradient.values()));
    Optimizer adam = new AdamOptimizer(CONFIG);
    return adam.updateRows(tf, updateBy(graph, gradient.values()), gradient.rows().orElseThrow())
        .orElseThrow();
  }

  private static Optimizer.Update updateBy(ModelGraph graph, Operand<TFloat32> gradient) {
    return new Optimizer.Update(
        graph.parameters().variable("x"),
        gradient,
        graph.tf().constant((float) RATE),
        graph.step(),
        (slot, shape) -> graph.parameters().slot("x", slot, shape));
  }

  private static Op update(ModelGraph graph, Operand<TFloat32> gradient) {
    Ops tf = graph.tf().withControlDependencies(List.of(gradient));
    Optimizer adam = new AdamOptimizer(CONFIG);
    return adam.update(tf, updateBy(graph, gradient));
  }

  /** Kingma and Ba 2015, algorithm 1 in the order of the end of section 2. */
  private static void adam(double[] x, double[] m, double[] v, int t, int... rows) {
    double rate =
        RATE * Math.sqrt(1 - Math.pow(CONFIG.beta2(), t)) / (1 - Math.pow(CONFIG.beta1(), t));
    for (int i : rows) {
      double gradient = 2 * (x[i] - GOAL[i]);
      m[i] = CONFIG.beta1() * m[i] + (1 - CONFIG.beta1()) * gradient;
      v[i] = CONFIG.beta2() * v[i] + (1 - CONFIG.beta2()) * gradient * gradient;
      x[i] -= rate * m[i] / (Math.sqrt(v[i]) + CONFIG.epsilon());
    }
  }

  @Test
  void aBetaOfOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdamOptimizer.Config(1, 0.999, 1e-8, false, false))
        .withMessage("beta1 and beta2: expected numbers below 1, got 1.0 and 0.999");
  }
}
