package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.RunExistsException;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.state.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code seq4j train}. */
@Command(
    name = "train",
    description = "Trains the model that a config file describes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j train examples/reverse/reverse.yaml",
      "  seq4j train reverse.yaml --run runs/long --set training.epochs=10",
      "  seq4j train reverse.yaml --run runs/long --resume",
      "",
      "Ctrl-C saves a checkpoint, prints the command to resume, and exits with status 1; a second"
          + " Ctrl-C exits at once. A resumed run gets the same weights as an uninterrupted one."
    })
public final class TrainCommand implements Callable<Integer> {
  static final String STOP_WITH_INPUT = "--stop-with-input";

  private final Console console;
  private final Plugins plugins;
  private final TrainingSession session;

  @Parameters(paramLabel = "CONFIG", description = "Config file of the experiment, YAML or JSON.")
  private Path config;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Folder of the run; by default runs/NAME, with the name in the config.")
  private Optional<Path> run = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a config key, such as training.batch.size=32; repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(names = "--resume", description = "Resume an interrupted run.")
  private boolean resume;

  @Option(
      names = STOP_WITH_INPUT,
      hidden = true, // for TrialProcesses
      description = "Stop and save at the end of stdin.")
  private boolean stopWithInput;

  @Inject
  TrainCommand(Console console, Plugins plugins, TrainingSession session) {
    this.console = console;
    this.plugins = plugins;
    this.session = session;
  }

  @Override
  public Integer call() {
    Experiment experiment = Experiment.load(config, plugins.registry(), overrides);
    Path folder = run.orElseGet(() -> Path.of("runs", experiment.config().name()));
    TrainingResult result;
    try {
      StopSignal stop = new StopSignal();
      if (stopWithInput) {
        stopAtEndOfInput(stop);
      }
      result = session.train(experiment, folder, resume, stop);
    } catch (RunExistsException e) {
      throw new CommandException(
          "%s already holds a run. To resume it: %s. Or remove it, or choose another folder with --run"
              .formatted(folder, resumeCommand(folder)),
          e);
    }
    if (!session.tellEnd(result, folder, resumeCommand(folder))) {
      return ErrorReport.FAILED;
    }
    next(experiment, folder);
    return ErrorReport.DONE;
  }

  private void stopAtEndOfInput(StopSignal stop) {
    Thread reader =
        new Thread(
            () -> {
              try {
                console.in().transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // the parent process is gone
              }
              stop.request();
            },
            "seq4j-input");
    reader.setDaemon(true);
    reader.start();
  }

  private String resumeCommand(Path folder) {
    return resumeCommand(console, config, folder, overrides);
  }

  /** Returns the command that resumes a run, to print for the user. */
  static String resumeCommand(Console console, Path config, Path run, List<String> overrides) {
    List<Object> words = new ArrayList<>(List.of("train", config, "--run", run));
    overrides.forEach(override -> words.addAll(List.of("--set", override)));
    words.add("--resume");
    return console.command(words.toArray());
  }

  private void next(Experiment experiment, Path folder) {
    console.out().println("the model is in " + new RunDirectory(folder).path() + "; next:");
    if (experiment.config().data().test().isPresent()) {
      console.out().println("  " + console.command("evaluate", folder));
    }
    console.out().println("  " + console.command("translate", folder));
    console.out().println("  " + console.command("report", folder));
  }
}
