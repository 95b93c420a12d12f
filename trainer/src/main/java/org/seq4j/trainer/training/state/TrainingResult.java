package org.seq4j.trainer.training.state;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The result of training.
 *
 * @param outcome the reason why it ended
 * @param run the folder of the run
 * @param steps the number of completed steps, those of earlier sessions included
 * @param epochs the number of complete epochs
 * @param progress the completed share of the planned training, 0 to 1
 * @param best the best validation, if any
 * @param time the duration of this session
 */
public record TrainingResult(
    Outcome outcome,
    Path run,
    long steps,
    int epochs,
    double progress,
    Optional<Best> best,
    Duration time) {

  /** Returns the result of a training that was stopped before it wrote anything. */
  public static TrainingResult notBegun(Path run, Duration time) {
    return new TrainingResult(Outcome.INTERRUPTED, run, 0, 0, 0, Optional.empty(), time);
  }

  /** The reason why training ended. */
  public enum Outcome {
    /** The max number of epochs or steps was reached. */
    FINISHED,
    /** Early stopping: validation no longer improved. */
    STOPPED_EARLY,
    /** The time of {@code training.stop_after} elapsed. */
    TIME_UP,
    /**
     * A stop was requested; the run can be resumed. With 0 steps there may be no run: after a stop
     * requested before the graph was built, nothing is written, and {@link
     * org.seq4j.runtime.run.RunDirectory#exists} is false.
     */
    INTERRUPTED
  }

  /**
   * The best validation.
   *
   * @param metric the watched metric: "loss", or the name of a metric
   * @param value the value of the metric
   * @param step the number of steps completed before it
   */
  public record Best(String metric, double value, long step) {}
}
