package org.seq4j.trainer.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
 * The result of a search for a learning rate: it grows geometrically from step to step until the
 * loss grows, too (the range test of Smith 2017, "Cyclical learning rates for training neural
 * networks", section 3.3). The model is discarded.
 *
 * @param points the learning rate and loss of each step
 * @param suggestion a tenth of the learning rate with the lowest loss, as the loss reacts with a
 *     delay
 */
public record LearningRateSearch(List<Point> points, double suggestion) {
  private static final double SMOOTHING = 0.95;
  private static final double TOO_HIGH = 3; // times the lowest loss
  private static final double MARGIN = 10;

  /** Copies the list. */
  public LearningRateSearch {
    points = List.copyOf(points);
  }

  /**
   * A step of the search.
   *
   * @param learningRate the learning rate of the step
   * @param loss the exponentially smoothed loss up to the step
   */
  public record Point(double learningRate, double loss) {}

  /**
   * The range of learning rates to try.
   *
   * @param from the first learning rate
   * @param to the last learning rate; the search ends earlier if the loss grows
   * @param steps the number of steps, at least 10
   */
  public record Range(double from, double to, int steps) {

    /** Checks the range. */
    public Range {
      if (!(from > 0 && to > from) || steps < 10) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "expected a growing range of learning rates above 0 and at least 10 steps, got %s to %s in %d",
                from,
                to,
                steps));
      }
    }

    double learningRate(int step) {
      return from * Math.pow(to / from, step / (steps - 1.0));
    }
  }

  /** Runs the search. */
  static LearningRateSearch run(
      TrainingGraph graph, TrainingConfig config, TrainingData data, Range range, long seed) {
    double base = graph.learningRate(StepSettings.PLAIN);
    if (base == 0) {
      throw new TrainingException(
          "training.learning_rate: expected a number above 0, which the search scales");
    }
    List<Point> points = new ArrayList<>();
    double weighted = 0;
    double lowest = Double.POSITIVE_INFINITY;
    try (BatchStream batches =
        new BatchStream(new Batching(config.batch()), data.train(), BatchPosition.start(seed))) {
      for (int step = 0; step < range.steps(); step++) {
        double rate = range.learningRate(step);
        double loss =
            graph.step(step + 1, batches.next().batch(), StepSettings.ofRate(rate / base)).loss();
        weighted = SMOOTHING * weighted + (1 - SMOOTHING) * loss;
        double smooth = weighted / (1 - Math.pow(SMOOTHING, step + 1.0));
        points.add(new Point(rate, smooth));
        lowest = Math.min(lowest, smooth);
        if (smooth > TOO_HIGH * lowest) {
          break;
        }
      }
    } catch (DivergedException e) { // the range ends here
      if (points.isEmpty()) {
        throw e;
      }
    }
    double best =
        points.stream().min(Comparator.comparingDouble(Point::loss)).orElseThrow().learningRate();
    return new LearningRateSearch(points, best / MARGIN);
  }
}
