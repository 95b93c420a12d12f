package org.seq4j.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.graph.ModelGraph;
import org.seq4j.core.graph.Parameters;
import org.seq4j.core.training.Optimizer;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

final class AdamTest {
  private static final float[] START = {1, -2, 0.5f};
  private static final float[] GOAL = {0, 3, 0.25f};
  private static final AdamConfig CONFIG = new AdamConfig(0.05, 0.8, 0.99, 1e-6);

  @Test
  void twentyStepsAreThoseOfTheFormula() {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      Ops tf = graph.tf();
      Operand<TFloat32> x = graph.scope(true).parameter("x", Shape.of(3), Initializer.ZEROS);
      Operand<TFloat32> loss =
          tf.reduceSum(tf.math.square(tf.math.sub(x, tf.constant(GOAL))), tf.constant(0));
      Op update = update(graph, graph.gradients(loss, List.of(x)).get(0));
      graph.initialise();
      graph.assign(Map.of("x", START));
      double[] expected = {START[0], START[1], START[2]};
      double[] m = new double[3];
      double[] v = new double[3];
      for (int step = 1; step <= 20; step++) {
        try (TInt64 number = TInt64.scalarOf(step)) {
          graph.session().runner().feed(graph.step(), number).addTarget(update).run().close();
        }
        adam(expected, m, v, step);
        float[] got = graph.read().get("x");
        for (int i = 0; i < 3; i++) {
          assertThat((double) got[i])
              .as("x[%d], step %d", i, step)
              .isCloseTo(expected[i], within(1e-5));
        }
      }
    }
  }

  private static Op update(ModelGraph graph, Operand<TFloat32> gradient) {
    Ops tf = graph.tf().withControlDependencies(List.of(gradient));
    Parameters parameters = graph.parameters();
    Optimizer adam = new Adam(CONFIG);
    return adam.update(
        tf,
        new Optimizer.Update(
            parameters.variable("x"),
            gradient,
            tf.constant(adam.learningRate()),
            graph.step(),
            slot -> parameters.slot("x", slot)));
  }

  /** Kingma and Ba 2015, algorithm 1 in the order of the end of section 2. */
  private static void adam(double[] x, double[] m, double[] v, int t) {
    double rate =
        CONFIG.learningRate()
            * Math.sqrt(1 - Math.pow(CONFIG.beta2(), t))
            / (1 - Math.pow(CONFIG.beta1(), t));
    for (int i = 0; i < x.length; i++) {
      double gradient = 2 * (x[i] - GOAL[i]);
      m[i] = CONFIG.beta1() * m[i] + (1 - CONFIG.beta1()) * gradient;
      v[i] = CONFIG.beta2() * v[i] + (1 - CONFIG.beta2()) * gradient * gradient;
      x[i] -= rate * m[i] / (Math.sqrt(v[i]) + CONFIG.epsilon());
    }
  }

  @Test
  void aBetaOfOneIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdamConfig(0.001, 1, 0.999, 1e-8))
        .withMessage("beta1 and beta2 must be below 1, but are 1.0 and 0.999");
  }
}
