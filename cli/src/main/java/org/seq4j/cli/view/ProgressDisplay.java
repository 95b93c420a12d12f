package org.seq4j.cli.view;

import org.seq4j.cli.io.Console;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.state.TrainingPlan;

/** Shows how far training is. */
public interface ProgressDisplay extends AutoCloseable {

  /** Training begins. */
  void start(TrainingPlan plan);

  /**
   * A step has been made.
   *
   * @param loss smoothed over the last steps
   */
  void step(TrainingProgress progress, double loss);

  /** Prints a line that stays. */
  void print(String line);

  @Override
  void close();

  /** A bar on a terminal, else lines. */
  static ProgressDisplay on(Console console) {
    return console.errIsTerminal() ? new ProgressBars(console) : new ProgressLines(console.err());
  }
}
