package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.GlobalOptions;
import org.seq4j.cli.io.StopSignals;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.cli.view.SweepView;
import org.seq4j.trainer.sweep.Sweep;
import org.seq4j.trainer.sweep.TrialResult;
import org.seq4j.trainer.training.StopSignal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j sweep}. */
@Command(
    name = "sweep",
    description = {
      "Trains models with many values of some config keys: grid or random search.",
      "It ranks the trials by their best validation. To resume an interrupted sweep, repeat the"
          + " command; finished trials are skipped."
    },
    footerHeading = "%nExample of a sweep file:%n",
    footer = {
      "  config: reverse.yaml",
      "  search: random            # or grid, without ranges",
      "  trials: 30",
      "  choices:",
      "    model.encoder.units: [64, 128]",
      "    model.encoder.cell: [lstm, gru]",
      "  ranges:",
      "    training.learning_rate: {from: 0.0003, to: 0.03, scale: log}",
      "",
      "Each trial is a run in the sweep's folder; trials.tsv lists all of them. See also"
          + " seq4j compare."
    })
public final class SweepCommand implements Callable<Integer> {
  private final Console console;
  private final GlobalOptions options;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP", description = "Sweep file, YAML or JSON.")
  private Path file;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description =
          "Folder of the trials' runs; by default runs/NAME, with the name of the sweep file.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description =
          "Number of trials to train in parallel, each in its own process; by default"
              + " ${DEFAULT-VALUE}.")
  private int atOnce = 1;

  @Inject
  SweepCommand(Console console, GlobalOptions options, Plugins plugins) {
    this.console = console;
    this.options = options;
    this.plugins = plugins;
  }

  @Override
  @SuppressWarnings("try") // an unused resource: it handles signals until it is closed
  public Integer call() throws InterruptedException {
    if (atOnce < 1) {
      throw new ParameterException(
          spec.commandLine(), "--at-once: expected a number of at least 1");
    }
    Path runs = folder.orElseGet(() -> Path.of("runs", name()));
    Sweep sweep = Sweep.load(file, runs, plugins.registry());
    long done = sweep.results().stream().filter(TrialResult::isDone).count();
    console
        .err()
        .println(
            NumberFormats.count(sweep.trials().size(), "trial")
                + (done == 0 ? "" : ", " + NumberFormats.count(done) + " of them finished before"));
    List<String> global = new ArrayList<>();
    options.plugins().ifPresent(dir -> global.addAll(List.of("--plugins", dir.toString())));
    TrialProcesses runner = new TrialProcesses(spec.root().userObject().getClass(), global);
    SweepView view = new SweepView(console.err());
    StopSignal stop = new StopSignal();
    List<TrialResult> results;
    try (StopSignals signals = StopSignals.listen(() -> requestStop(stop))) {
      results = sweep.run(runner, atOnce, stop, view);
    }
    SweepView.table(sweep.keys(), results).lines().forEach(console.out()::println);
    return tellEnd(results, stop);
  }

  private String name() {
    return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
  }

  private void requestStop(StopSignal stop) {
    stop.request();
    console
        .err()
        .println(
            "stopping after the current steps, and saving; Ctrl-C again, after a second, exits at once");
  }

  private int tellEnd(List<TrialResult> results, StopSignal stop) {
    long left = results.stream().filter(result -> !result.isDone()).count();
    if (stop.isRequested()) {
      List<Object> again = new ArrayList<>(List.of("sweep", file));
      folder.ifPresent(dir -> again.addAll(List.of("--folder", dir)));
      if (atOnce > 1) {
        again.addAll(List.of("--at-once", atOnce));
      }
      console.out().println("to resume:");
      console.out().println("  " + console.command(again.toArray()));
    } else if (left > 0) {
      console
          .err()
          .println(
              "%s did not finish; repeat the command to try again"
                  .formatted(NumberFormats.count(left, "trial")));
    }
    if (left == 0) {
      return ErrorReport.DONE;
    }
    return stop.isRequested() ? ErrorReport.INTERRUPTED : ErrorReport.FAILED;
  }
}
