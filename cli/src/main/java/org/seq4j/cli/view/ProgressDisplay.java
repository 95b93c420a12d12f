package org.seq4j.cli.view;

import org.seq4j.cli.io.Console;
import org.seq4j.trainer.training.TrainingProgress;
import org.seq4j.trainer.training.state.TrainingPlan;

/** Display of the progress of training. */
public interface ProgressDisplay extends AutoCloseable {

  /** Reports that training begins. */
  void start(TrainingPlan plan);

  /**
   * Reports that a step is done.
   *
   * @param loss the loss, smoothed over the last steps
   */
  void step(TrainingProgress progress, double loss);

  /** Prints a line that is not overwritten. */
  void print(String line);

  @Override
  void close();

  /** Returns a progress bar on a terminal, and lines of text elsewhere. */
  static ProgressDisplay on(Console console) {
    return console.errIsTerminal() ? new ProgressBars(console) : new ProgressLines(console.err());
  }
}
