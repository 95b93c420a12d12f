package org.seq4j.trainer.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.training.Optimizer;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.graph.ModelGraph;
import org.seq4j.runtime.plugin.PluginLoader;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Each rule against its paper's, written down once more in plain Java, over twenty steps. */
final class OptimizersTest {
  private static final int ROWS = 2;
  private static final int COLUMNS = 3;
  private static final double[] START = {1, -2, 0.5, -0.25, 3, 0.125};
  private static final double[] GOAL = {0, 3, 0.25, -1, -2, 0.5};
  private static final double[] CURVATURE = {1, 0.1, 3, 0.5, 0.02, 2};
  private static final int STEPS = 20;

  /** A rule in plain Java, with what it keeps. */
  private interface Rule {
    void step(double[] x, double[] gradient, int t);
  }

  private record Config(Component<Optimizer> optimizer) {}

  private static Optimizer optimizer(String yaml) {
    ConfigReader reader = new ConfigReader(new PluginLoader().classPath());
    return reader
        .bind(reader.parse(Path.of("x.yaml"), "optimizer: " + yaml, List.of()), Config.class)
        .optimizer()
        .create(new ComponentContext(Path.of(".")));
  }

  private static void check(String yaml, double rate, Rule rule) {
    check(yaml, rate, Shape.of(ROWS, COLUMNS), rule);
  }

  private static void check(String yaml, double rate, Shape shape, Rule rule) {
    Optimizer optimizer = optimizer(yaml);
    try (ModelGraph graph = new ModelGraph(1, 2)) {
      Op update = update(graph, optimizer, rate, shape);
      graph.initialize();
      graph.assign(Map.of("x", floats(START)));
      double[] expected = START.clone();
      for (int t = 1; t <= STEPS; t++) {
        try (TInt64 number = TInt64.scalarOf(t)) {
          graph.session().runner().feed(graph.step(), number).addTarget(update).run().close();
        }
        rule.step(expected, gradient(expected), t);
        float[] got = graph.read().get("x");
        for (int i = 0; i < START.length; i++) {
          assertThat((double) got[i])
              .as("%s, x[%d] after step %d", yaml, i, t)
              .isCloseTo(expected[i], within(2e-5));
        }
      }
      assertThat(expected).as("nothing would show if nothing moved").isNotEqualTo(START);
    }
  }

  private static Op update(ModelGraph graph, Optimizer optimizer, double rate, Shape shape) {
    Ops tf = graph.tf();
    Operand<TFloat32> x = graph.scope(true).parameter("x", shape, Initializer.ZEROS);
    Operand<TFloat32> off = tf.math.sub(flat(tf, x), tf.constant(floats(GOAL)));
    Operand<TFloat32> loss =
        tf.reduceSum(
            tf.math.mul(tf.math.square(off), tf.constant(floats(CURVATURE))), tf.constant(0));
    Operand<TFloat32> gradient = graph.gradients(loss, List.of(x)).get(0);
    Ops after = tf.withControlDependencies(List.of(gradient));
    return optimizer.update(
        after,
        new Optimizer.Update(
            graph.parameters().variable("x"),
            gradient,
            tf.constant((float) rate),
            graph.step(),
            (name, of) -> graph.parameters().slot("x", name, of)));
  }

  private static Operand<TFloat32> flat(Ops tf, Operand<TFloat32> x) {
    return tf.reshape(x, tf.constant(new int[] {-1}));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] gradient(double[] x) {
    double[] gradient = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      gradient[i] = 2 * CURVATURE[i] * (x[i] - GOAL[i]);
    }
    return gradient;
  }

  @Test
  void sgd() {
    check(
        "{type: sgd}",
        0.05,
        (x, g, t) -> {
          for (int i = 0; i < x.length; i++) {
            x[i] -= 0.05 * g[i];
          }
        });
  }

  @Test
  void sgdWithMomentum() {
    double[] momentum = new double[START.length];
    check(
        "{type: sgd, momentum: 0.9}",
        0.02,
        (x, g, t) -> {
          for (int i = 0; i < x.length; i++) {
            momentum[i] = 0.9 * momentum[i] + g[i];
            x[i] -= 0.02 * momentum[i];
          }
        });
  }

  /** Sutskever et al. 2013, equations 3 and 4, in terms of the point that is looked at. */
  @Test
  void sgdWithNesterovsMomentum() {
    double[] momentum = new double[START.length];
    check(
        "{type: sgd, momentum: 0.8, nesterov: true}",
        0.02,
        (x, g, t) -> {
          for (int i = 0; i < x.length; i++) {
            momentum[i] = 0.8 * momentum[i] + g[i];
            x[i] -= 0.02 * (g[i] + 0.8 * momentum[i]);
          }
        });
  }

  @Test
  void adam() {
    check("{type: adam, beta1: 0.8, beta2: 0.99}", 0.05, adam(1e-8, 0));
  }

  @Test
  void adamWithTheEpsilonOfTheAlgorithm() {
    check(
        "{type: adam, beta1: 0.8, beta2: 0.99, epsilon: 0.1, corrected_epsilon: true}",
        0.05,
        adam(0.1, 0));
    check(
        "{type: adamw, beta1: 0.8, beta2: 0.99, weight_decay: 0.3, epsilon: 0.1, corrected_epsilon: true}",
        0.05,
        adam(0.1, 0.3));
  }

  /** Loshchilov and Hutter 2019, algorithm 2; the decay comes with the learning rate. */
  @Test
  void adamw() {
    check("{type: adamw, beta1: 0.8, beta2: 0.99, weight_decay: 0.3}", 0.05, adam(1e-8, 0.3));
  }

  @Test
  void adamwLeavesVectorsAlone() {
    check(
        "{type: adamw, beta1: 0.8, beta2: 0.99, weight_decay: 0.3}",
        0.05,
        Shape.of(START.length),
        adam(1e-8, 0));
  }

  /** Kingma and Ba 2015, algorithm 1, with betas 0.8 and 0.99. */
  private static Rule adam(double epsilon, double decay) {
    double[] m = new double[START.length];
    double[] v = new double[START.length];
    return (x, g, t) -> {
      for (int i = 0; i < x.length; i++) {
        m[i] = 0.8 * m[i] + 0.2 * g[i];
        v[i] = 0.99 * v[i] + 0.01 * g[i] * g[i];
        double first = m[i] / (1 - Math.pow(0.8, t));
        double second = v[i] / (1 - Math.pow(0.99, t));
        x[i] -= 0.05 * (first / (Math.sqrt(second) + epsilon) + decay * x[i]);
      }
    };
  }

  /** Duchi et al. 2011. */
  @Test
  void adagrad() {
    double[] squares = new double[START.length];
    check(
        "{type: adagrad, epsilon: 0.01}",
        0.3,
        (x, g, t) -> {
          for (int i = 0; i < x.length; i++) {
            squares[i] += g[i] * g[i];
            x[i] -= 0.3 * g[i] / (Math.sqrt(squares[i]) + 0.01);
          }
        });
  }

  /** Zeiler 2012, algorithm 1. */
  @Test
  void adadelta() {
    double[] squares = new double[START.length];
    double[] steps = new double[START.length];
    check(
        "{type: adadelta, decay: 0.9, epsilon: 0.001}",
        1,
        (x, g, t) -> {
          for (int i = 0; i < x.length; i++) {
            squares[i] = 0.9 * squares[i] + 0.1 * g[i] * g[i];
            double step = -Math.sqrt(steps[i] + 0.001) / Math.sqrt(squares[i] + 0.001) * g[i];
            steps[i] = 0.9 * steps[i] + 0.1 * step * step;
            x[i] += step;
          }
        });
  }

  /** Tieleman and Hinton 2012, slide 29. */
  @Test
  void rmsprop() {
    double[] squares = new double[START.length];
    double[] momentum = new double[START.length];
    check(
        "{type: rmsprop, decay: 0.8, momentum: 0.5, epsilon: 0.001}",
        0.05,
        (x, g, t) -> {
          for (int i = 0; i < x.length; i++) {
            squares[i] = 0.8 * squares[i] + 0.2 * g[i] * g[i];
            momentum[i] = 0.5 * momentum[i] + 0.05 * g[i] / Math.sqrt(squares[i] + 0.001);
            x[i] -= momentum[i];
          }
        });
  }

  /** Shazeer and Stern 2018, algorithm 4, with its sums of rows and columns. */
  @Test
  void adafactorOfMatrices() {
    double[] rows = new double[ROWS];
    double[] columns = new double[COLUMNS];
    check(
        "{type: adafactor}",
        0.03,
        (x, g, t) -> {
          double kept = 1 - Math.pow(t, -0.8);
          for (int r = 0; r < ROWS; r++) {
            rows[r] *= kept;
            for (int c = 0; c < COLUMNS; c++) {
              rows[r] += (1 - kept) * g[r * COLUMNS + c] * g[r * COLUMNS + c];
            }
          }
          for (int c = 0; c < COLUMNS; c++) {
            columns[c] *= kept;
            for (int r = 0; r < ROWS; r++) {
              columns[c] += (1 - kept) * g[r * COLUMNS + c] * g[r * COLUMNS + c];
            }
          }
          double all = Arrays.stream(rows).sum();
          double[] second = new double[x.length];
          for (int i = 0; i < x.length; i++) {
            second[i] = rows[i / COLUMNS] * columns[i % COLUMNS] / all;
          }
          adafactor(x, g, second);
        });
  }

  /** Algorithm 5. */
  @Test
  void adafactorOfVectors() {
    double[] squares = new double[START.length];
    check(
        "{type: adafactor}",
        0.03,
        Shape.of(START.length),
        (x, g, t) -> {
          double kept = 1 - Math.pow(t, -0.8);
          for (int i = 0; i < x.length; i++) {
            squares[i] = kept * squares[i] + (1 - kept) * g[i] * g[i];
          }
          adafactor(x, g, squares);
        });
  }

  private static void adafactor(double[] x, double[] g, double[] second) {
    double size = Math.max(1e-3, rootMeanSquare(x));
    double[] step = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      step[i] = g[i] / Math.sqrt(second[i]);
    }
    double clip = Math.max(1, rootMeanSquare(step));
    for (int i = 0; i < x.length; i++) {
      x[i] -= 0.03 * size * step[i] / clip;
    }
  }

  private static double rootMeanSquare(double[] x) {
    return Math.sqrt(Arrays.stream(x).map(value -> value * value).average().orElseThrow());
  }

  @Test
  void adafactorKeepsRowsAndColumnsOnly() {
    try (ModelGraph graph = new ModelGraph(1, 1)) {
      update(graph, optimizer("adafactor"), 0.01, Shape.of(ROWS, COLUMNS));
      assertThat(graph.parameters().shapes())
          .containsEntry("optimizer.rows.x", Shape.of(ROWS, 1))
          .containsEntry("optimizer.columns.x", Shape.of(1, COLUMNS))
          .hasSize(3);
    }
  }

  @Test
  void whatNeverFadesIsRefused() {
    assertThatThrownBy(() -> optimizer("{type: rmsprop, decay: 1}"))
        .hasMessageContaining("decay: expected a number below 1, got 1.0");
  }

  @ParameterizedTest
  @CsvSource({
    "sgd, 0.1",
    "adam, 0.001",
    "adamw, 0.001",
    "rmsprop, 0.001",
    "adagrad, 0.01",
    "adafactor, 0.01",
    "adadelta, 1"
  })
  void learningRatesWhereTheConfigGivesNone(String type, double rate) {
    assertThat(optimizer(type).defaultLearningRate()).isEqualTo(rate);
  }
}
