package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.GlobalOptions;
import org.seq4j.cli.io.StopSignals;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.cli.view.ProgressDisplay;
import org.seq4j.cli.view.TrainingLogFile;
import org.seq4j.cli.view.TrainingView;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.state.TrainingResult;

/** Trains interactively: shows progress, and on Ctrl-C saves and stops. */
public final class TrainingSession {
  private static final String STOPPING =
      "stopping after this step, and saving; Ctrl-C again, after a second, exits at once, without saving";

  private final Console console;
  private final GlobalOptions options;

  @Inject
  TrainingSession(Console console, GlobalOptions options) {
    this.console = console;
    this.options = options;
  }

  /**
   * The amount of output.
   *
   * @param quiet true to print no progress
   * @param everySteps number of steps between lines of progress; empty for the default
   */
  record Output(boolean quiet, Optional<Integer> everySteps) {
    static final Output DEFAULT = new Output(false, Optional.empty());
  }

  /** Trains a new run. */
  TrainingResult train(Experiment experiment, Path run) {
    return train(experiment, run, false, new StopSignal(), Output.DEFAULT);
  }

  /** Trains a new run, or resumes one, until it ends or a stop is requested. */
  @SuppressWarnings("try") // an unused resource: it handles signals until it is closed
  TrainingResult train(
      Experiment experiment, Path run, boolean resume, StopSignal stop, Output output) {
    List<ProgressDisplay> displays = new ArrayList<>();
    displays.add(new TrainingLogFile(run, Clock.systemUTC(), output.everySteps()));
    if (!output.quiet()) {
      displays.add(ProgressDisplay.on(console, output.everySteps()));
    }
    try (ProgressDisplay display = ProgressDisplay.all(displays);
        StopSignals signals =
            StopSignals.listen(
                () -> {
                  stop.request();
                  display.print(STOPPING);
                })) {
      TrainingView view = new TrainingView(display, options.verbose());
      return resume ? experiment.resume(run, stop, view) : experiment.train(run, stop, view);
    }
  }

  /**
   * Prints how training ended, and how to resume it if it was interrupted.
   *
   * @param resumeCommand the command to resume the run
   * @return true if training was not interrupted
   */
  boolean tellEnd(TrainingResult result, Path run, String resumeCommand) {
    boolean interrupted = result.outcome() == TrainingResult.Outcome.INTERRUPTED;
    if (interrupted && !new RunDirectory(run).exists()) {
      console.out().println("stopped before the first step; nothing was written");
      return false;
    }
    summarize(result);
    if (interrupted) {
      console.out().println("to resume:");
      console.out().println("  " + resumeCommand);
    }
    return !interrupted;
  }

  /** Returns the exit status of an interrupted training: it differs if there is a run to resume. */
  static int interrupted(Path run) {
    return new RunDirectory(run).exists() ? ErrorReport.INTERRUPTED : ErrorReport.FAILED;
  }

  private void summarize(TrainingResult result) {
    String ended =
        switch (result.outcome()) {
          case FINISHED -> "trained";
          case STOPPED_EARLY -> "stopped early, as validation showed no more progress";
          case TIME_UP -> "trained until the time limit";
          case INTERRUPTED -> "stopped and saved";
        };
    console
        .out()
        .println(
            "%s: %s%s in %s"
                .formatted(
                    ended,
                    NumberFormats.count(result.steps(), "step"),
                    result.epochs() == 0
                        ? ""
                        : ", " + NumberFormats.count(result.epochs(), "epoch"),
                    NumberFormats.time(result.time())));
    result
        .best()
        .ifPresent(
            best ->
                console
                    .out()
                    .println(
                        "best validation: %s %s at step %s"
                            .formatted(
                                best.metric(),
                                NumberFormats.decimal(best.value()),
                                NumberFormats.count(best.step()))));
  }
}
