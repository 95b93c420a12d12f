package org.seq4j.trainer.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.seq4j.trainer.data.batch.BatchPosition;
import org.seq4j.trainer.data.batch.BatchStream;
import org.seq4j.trainer.data.batch.Batching;
import org.seq4j.trainer.data.batch.TrainingData;
import org.seq4j.trainer.training.config.TrainingConfig;
import org.seq4j.trainer.training.graph.StepSettings;
import org.seq4j.trainer.training.graph.TrainingGraph;
import org.seq4j.trainer.training.state.DivergedException;
import org.seq4j.trainer.training.state.TrainingException;

/**
 * Looks for a learning rate: it grows from step to step, until the loss does, too (the range test
 * of Smith 2017, "Cyclical learning rates for training neural networks", section 3.3, in a
 * geometric row). The model is thrown away.
 *
 * @param points what each step gave
 * @param suggestion a tenth of the learning rate at which the loss was lowest: the loss follows the
 *     learning rate with a delay
 */
public record LearningRateSearch(List<Point> points, double suggestion) {
  private static final double SMOOTHING = 0.95;
  private static final double TOO_HIGH = 3; // times the lowest loss
  private static final double MARGIN = 10;

  /** Makes the list unchangeable. */
  public LearningRateSearch {
    points = List.copyOf(points);
  }

  /**
   * A step.
   *
   * @param learningRate of it
   * @param loss a mean over it and the steps before, of which later ones weigh more
   */
  public record Point(double learningRate, double loss) {}

  /**
   * From where to where to look.
   *
   * @param from the first learning rate
   * @param to the last one, if the loss has not grown before
   * @param steps how many, at least 10
   */
  public record Range(double from, double to, int steps) {

    /** Checks that it is one. */
    public Range {
      if (!(from > 0 && to > from) || steps < 10) {
        throw new IllegalArgumentException(
            "expected learning rates above 0 that grow in 10 steps or more, got %s to %s in %d"
                .formatted(from, to, steps));
      }
    }

    double learningRate(int step) {
      return from * Math.pow(to / from, step / (steps - 1.0));
    }
  }

  /** Makes the steps. */
  static LearningRateSearch run(
      TrainingGraph graph, TrainingConfig config, TrainingData data, Range range, long seed) {
    double base = graph.learningRate(StepSettings.PLAIN);
    if (base == 0) {
      throw new TrainingException(
          "training.learning_rate: expected a number above 0, which is scaled");
    }
    List<Point> points = new ArrayList<>();
    double weighted = 0;
    double lowest = Double.POSITIVE_INFINITY;
    try (BatchStream batches =
        new BatchStream(new Batching(config.batch()), data.train(), BatchPosition.start(seed))) {
      for (int step = 0; step < range.steps(); step++) {
        double rate = range.learningRate(step);
        double loss =
            graph.step(step + 1, batches.next().batch(), new StepSettings(rate / base, 1)).loss();
        weighted = SMOOTHING * weighted + (1 - SMOOTHING) * loss;
        double smooth = weighted / (1 - Math.pow(SMOOTHING, step + 1.0));
        points.add(new Point(rate, smooth));
        lowest = Math.min(lowest, smooth);
        if (smooth > TOO_HIGH * lowest) {
          break;
        }
      }
    } catch (DivergedException e) { // that is as far as it goes
      if (points.isEmpty()) {
        throw e;
      }
    }
    double best =
        points.stream().min(Comparator.comparingDouble(Point::loss)).orElseThrow().learningRate();
    return new LearningRateSearch(points, best / MARGIN);
  }
}
