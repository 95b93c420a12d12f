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
      "Trains an experiment with many values of some of its keys, all combinations or drawn ones,",
      "and tells which did best on the validation data. What was stopped or killed goes on with",
      "the same command; trials that are done are not made again."
    },
    footerHeading = "%nExample of a file:%n",
    footer = {
      "  config: reverse.yaml",
      "  search: random            # or grid, of choices alone",
      "  trials: 30",
      "  choices:",
      "    model.encoder.units: [64, 128]",
      "    model.encoder.cell: [lstm, gru]",
      "  ranges:",
      "    training.learning_rate: {from: 0.0003, to: 0.03, scale: log}",
      "",
      "Each trial is a run in the sweep's folder (see seq4j compare); trials.tsv has them all."
    })
public final class SweepCommand implements Callable<Integer> {
  private final Console console;
  private final GlobalOptions options;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SWEEP", description = "The sweep's file, YAML or JSON.")
  private Path file;

  @Option(
      names = "--folder",
      paramLabel = "DIR",
      description = "Where the runs go; runs/NAME by default, with the name of the file.")
  private Optional<Path> folder = Optional.empty();

  @Option(
      names = "--at-once",
      paramLabel = "N",
      description =
          "How many to train at a time, in processes that share the processors; ${DEFAULT-VALUE}.")
  private int atOnce = 1;

  @Inject
  SweepCommand(Console console, GlobalOptions options, Plugins plugins) {
    this.console = console;
    this.options = options;
    this.plugins = plugins;
  }

  @Override
  @SuppressWarnings("try") // the signals work by being there
  public Integer call() throws InterruptedException {
    if (atOnce < 1) {
      throw new ParameterException(spec.commandLine(), "--at-once: expected 1 or more");
    }
    Path runs = folder.orElseGet(() -> Path.of("runs", name()));
    Sweep sweep = Sweep.load(file, runs, plugins.registry());
    long done = sweep.results().stream().filter(TrialResult::isDone).count();
    console
        .err()
        .println(
            NumberFormats.count(sweep.trials().size(), "trial")
                + (done == 0 ? "" : ", " + NumberFormats.count(done) + " of them done before"));
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
        .println("stopping after the steps at hand, and saving; Ctrl-C again ends at once");
  }

  private int tellEnd(List<TrialResult> results, StopSignal stop) {
    long left = results.stream().filter(result -> !result.isDone()).count();
    if (stop.isRequested()) {
      List<Object> again = new ArrayList<>(List.of("sweep", file));
      folder.ifPresent(dir -> again.addAll(List.of("--folder", dir)));
      if (atOnce > 1) {
        again.addAll(List.of("--at-once", atOnce));
      }
      console.out().println("to go on:");
      console.out().println("  " + console.command(again.toArray()));
    } else if (left > 0) {
      console
          .err()
          .println(
              "%s did not come to an end; the same command tries again"
                  .formatted(NumberFormats.count(left, "trial")));
    }
    return left == 0 ? ErrorReport.DONE : ErrorReport.FAILED;
  }
}
