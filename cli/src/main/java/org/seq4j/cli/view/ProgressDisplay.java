package org.seq4j.cli.view;

import java.util.List;
import java.util.Optional;
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

  /**
   * Returns a progress bar on a terminal, and lines of text elsewhere.
   *
   * @param everySteps number of steps between lines of text, also on a terminal; empty for a line
   *     every few seconds
   */
  static ProgressDisplay on(Console console, Optional<Integer> everySteps) {
    return console.errIsTerminal() && everySteps.isEmpty()
        ? new ProgressBars(console)
        : new ProgressLines(console.err()::println, everySteps);
  }

  /** Returns a display that drives all of several displays. */
  static ProgressDisplay all(List<ProgressDisplay> displays) {
    return new ProgressDisplay() {
      @Override
      public void start(TrainingPlan plan) {
        displays.forEach(display -> display.start(plan));
      }

      @Override
      public void step(TrainingProgress progress, double loss) {
        displays.forEach(display -> display.step(progress, loss));
      }

      @Override
      public void print(String line) {
        displays.forEach(display -> display.print(line));
      }

      @Override
      public void close() {
        displays.forEach(ProgressDisplay::close);
      }
    };
  }
}
