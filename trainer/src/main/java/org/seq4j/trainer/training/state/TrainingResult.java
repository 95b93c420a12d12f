package org.seq4j.trainer.training.state;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How training ended.
 *
 * @param outcome why it ended
 * @param run the folder that the model is in
 * @param steps how many steps have been made, those of earlier sessions included
 * @param epochs how many epochs have been gone through to their end
 * @param progress how much of what was planned is done, 0 to 1
 * @param best the best validation, if there was one
 * @param time how long this session took
 */
public record TrainingResult(
    Outcome outcome,
    Path run,
    long steps,
    int epochs,
    double progress,
    Optional<Best> best,
    Duration time) {

  /** The end of a training that was asked to stop before it had written anything. */
  public static TrainingResult notBegun(Path run, Duration time) {
    return new TrainingResult(Outcome.INTERRUPTED, run, 0, 0, 0, Optional.empty(), time);
  }

  /** Why training ended. */
  public enum Outcome {
    /** All epochs or steps have been made. */
    FINISHED,
    /** The validation data showed no progress any more. */
    STOPPED_EARLY,
    /** The time of {@code training.stop_after} was used up. */
    TIME_UP,
    /**
     * A stop was asked for; it can go on from where it is. With 0 steps there may be no run: a stop
     * that was asked for before the graph was built writes nothing, and {@link
     * org.seq4j.runtime.run.RunDirectory#exists} is false then.
     */
    INTERRUPTED
  }

  /**
   * The best validation.
   *
   * @param metric what it is best by: "loss", or the name of a metric
   * @param value its value then
   * @param step how many steps had been made
   */
  public record Best(String metric, double value, long step) {}
}
