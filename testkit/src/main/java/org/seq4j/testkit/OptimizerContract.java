package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.seq4j.core.graph.Initializer;
import org.seq4j.core.training.Optimizer;
import org.seq4j.runtime.graph.ModelGraph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Contract of optimizers: they move a parameter towards a minimum, keep their state in slots, so
 * that a resumed run continues exactly, and update single rows as they update a whole table. A test
 * extends it and implements {@link #optimizer()}.
 */
public abstract class OptimizerContract {
  private static final float[] START = {1, -2, 0.5f, -0.25f, 3, 0.125f};
  private static final Shape SHAPE = Shape.of(3, 2);
  private static final int STEPS = 5;

  /** Returns the optimizer under test. */
  protected abstract Optimizer optimizer();

  /** A graph that minimizes half the sum of the squares of a parameter. */
  private static final class Descent implements AutoCloseable {
    private final ModelGraph graph = new ModelGraph(1, 1);
    private final Op update;

    Descent(Optimizer optimizer, Shape shape, double rate, boolean ofRows) {
      Ops tf = graph.tf();
      Operand<TFloat32> x = graph.scope(true).parameter("x", shape, Initializer.ZEROS);
      Operand<TFloat32> gradient = // of half the sum of squares: x itself
          ofRows ? tf.gather(x, tf.constant(new int[] {2, 0}), tf.constant(0)) : tf.identity(x);
      Ops after = tf.withControlDependencies(List.of(gradient));
      Optimizer.Update of =
          new Optimizer.Update(
              graph.parameters().variable("x"),
              gradient,
              tf.constant((float) rate),
              graph.step(),
              (name, size) -> graph.parameters().slot("x", name, size));
      Optional<Op> rows =
          ofRows
              ? optimizer.updateRows(after, of, tf.constant(new int[] {2, 0}))
              : Optional.empty();
      update = ofRows ? rows.orElse(null) : optimizer.update(after, of);
      assertThat(ofRows || update != null).as("update must return an op, not null").isTrue();
      graph.initialize();
    }

    void start(float... values) {
      graph.assign(Map.of("x", values));
    }

    void steps(int from, int to) {
      for (int step = from; step <= to; step++) {
        try (TInt64 number = TInt64.scalarOf(step)) {
          graph.session().runner().feed(graph.step(), number).addTarget(update).run().close();
        }
      }
    }

    float[] x() {
      return graph.read().get("x");
    }

    @Override
    public void close() {
      graph.close();
    }
  }

  private static double squares(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value * value;
    }
    return sum;
  }

  @Test
  public void movesTowardsTheMinimum() {
    Optimizer optimizer = optimizer();
    double rate = optimizer.defaultLearningRate();
    assertThat(rate).as("the default learning rate").isPositive().isFinite();
    try (Descent descent = new Descent(optimizer, SHAPE, rate, false)) {
      descent.start(START);
      descent.steps(1, STEPS);
      assertThat(descent.x())
          .as(
              "the parameter after %d steps: update must return the op that assigns the new value"
                  + " to the variable",
              STEPS)
          .isNotEqualTo(START);
      assertThat(squares(descent.x()))
          .as("the loss after %d steps with the default learning rate, which must fall", STEPS)
          .isLessThan(squares(START));
    }
  }

  @Test
  public void updatesScalarsAndVectors() {
    for (Shape shape : List.of(Shape.scalar(), Shape.of(6))) {
      try (Descent descent = new Descent(optimizer(), shape, 0.01, false)) {
        float[] start = shape.numDimensions() == 0 ? new float[] {1} : START;
        descent.start(start);
        descent.steps(1, 2);
        assertThat(descent.x()).as("a parameter of shape %s", shape).isNotEqualTo(start);
      }
    }
  }

  @Test
  public void itsStateIsInSlots() {
    Optimizer optimizer = optimizer();
    try (Descent whole = new Descent(optimizer, SHAPE, 0.01, false);
        Descent resumed = new Descent(optimizer, SHAPE, 0.01, false)) {
      whole.start(START);
      whole.steps(1, STEPS);
      SortedMap<String, float[]> saved = whole.graph.read();
      whole.steps(STEPS + 1, 2 * STEPS);
      resumed.graph.assign(saved);
      resumed.steps(STEPS + 1, 2 * STEPS);
      assertThat(resumed.x())
          .as(
              "the parameter after resuming from saved variables: all state must be in"
                  + " update.slot(name), and the number of the step is update.step()")
          .containsExactly(whole.x());
    }
  }

  @Test
  public void updatesRowsAsItUpdatesTables() {
    Optimizer optimizer = optimizer();
    try (Descent rows = new Descent(optimizer, SHAPE, 0.01, true)) {
      if (rows.update == null) { // its rule also changes rows without a gradient
        return;
      }
      rows.start(START);
      rows.steps(1, 1);
      try (Descent table = new Descent(optimizer, SHAPE, 0.01, false)) {
        table.start(START);
        table.steps(1, 1);
        for (int i : new int[] {0, 1, 4, 5}) {
          assertThat(rows.x()[i])
              .as("value %d of an updated row: updateRows must follow the rule of update", i)
              .isCloseTo(table.x()[i], within(1e-5f));
        }
        assertThat(List.of(rows.x()[2], rows.x()[3]))
            .as("the row without a gradient, which updateRows must not change")
            .isEqualTo(List.of(START[2], START[3]));
      }
    }
  }
}
