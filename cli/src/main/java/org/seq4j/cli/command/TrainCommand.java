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
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.DataConfig;
import org.seq4j.trainer.experiment.ConfigDifference;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.RunExistsException;
import org.seq4j.trainer.training.StopSignal;
import org.seq4j.trainer.training.state.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j train}. */
@Command(
    name = "train",
    description = "Trains the model that a config file describes.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j train examples/reverse/reverse.yaml",
      "  seq4j train reverse.yaml --run runs/long --set training.epochs=10",
      "  seq4j train --resume --run runs/long",
      "  seq4j train --resume --run runs/long --set training.epochs=20",
      "",
      "Ctrl-C saves a checkpoint, prints the command to resume, and exits with status 4; another"
          + " Ctrl-C, more than a second later, exits at once. A resumed run gets the same weights as an uninterrupted one."
    })
public final class TrainCommand implements Callable<Integer> {
  static final String TRIAL = "--trial";

  private final Console console;
  private final Plugins plugins;
  private final TrainingSession session;

  @Parameters(
      paramLabel = "CONFIG",
      arity = "0..1",
      description =
          "Config file of the experiment, YAML or JSON; not needed with --resume and --run.")
  private Optional<Path> config = Optional.empty();

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

  @Option(
      names = "--resume",
      description =
          "Resume an interrupted run with its own config. With --set, keys that only set how long"
              + " to train may change.")
  private boolean resume;

  @Option(
      names = "--quiet",
      description =
          "Print no progress, only results and errors; the run's train.log has the progress in any"
              + " case.")
  private boolean quiet;

  @Option(
      names = "--log-every",
      paramLabel = "STEPS",
      description =
          "Number of steps between lines of progress; by default a line every 5 seconds, or a bar"
              + " on a terminal, and every 100 steps in train.log.")
  private Optional<Integer> everySteps = Optional.empty();

  @Option(
      names = TRIAL,
      hidden = true, // for TrialProcesses
      description =
          "Train a trial of a sweep: stop and save at the end of stdin; paths in overrides start"
              + " from the folder of the config.")
  private boolean trial;

  @Spec private CommandSpec spec;

  @Inject
  TrainCommand(Console console, Plugins plugins, TrainingSession session) {
    this.console = console;
    this.plugins = plugins;
    this.session = session;
  }

  @Override
  public Integer call() {
    checkUsage();
    Optional<Experiment> given = config.map(this::load);
    Path folder = run.orElseGet(() -> Path.of("runs", given.orElseThrow().config().name()));
    Experiment experiment = resume && !trial ? ofRun(folder, given) : given.orElseThrow();
    TrainingResult result;
    try {
      StopSignal stop = new StopSignal();
      if (trial) {
        stopAtEndOfInput(stop);
      }
      TrainingSession.Output output = new TrainingSession.Output(quiet, everySteps);
      result = session.train(experiment, folder, resume, stop, output);
    } catch (RunExistsException e) {
      throw new CommandException(
          "%s already holds a run. To resume it: %s. Or remove it, or choose another folder with --run"
              .formatted(folder, resumeCommand(folder)),
          e);
    }
    if (!session.tellEnd(result, folder, resumeCommand(folder))) {
      return TrainingSession.interrupted(folder);
    }
    next(experiment, folder);
    return ErrorReport.DONE;
  }

  private void checkUsage() {
    if (everySteps.isPresent() && everySteps.get() < 1) {
      throw new ParameterException(
          spec.commandLine(), "--log-every: expected at least 1, got " + everySteps.get());
    }
    if (config.isEmpty() && !(resume && run.isPresent())) {
      throw new ParameterException(
          spec.commandLine(),
          resume
              ? "--resume needs the run: name its folder with --run"
              : "Missing required parameter: 'CONFIG'");
    }
  }

  private Experiment load(Path file) {
    return trial
        ? Experiment.loadTrial(file, plugins.registry(), overrides)
        : Experiment.load(file, plugins.registry(), overrides);
  }

  /** Reads the experiment of the run to resume, and tells what the command line changes in it. */
  private Experiment ofRun(Path folder, Optional<Experiment> given) {
    RunDirectory directory = new RunDirectory(folder);
    Experiment own = Experiment.ofRun(folder, plugins.registry(), overrides);
    own.differences(directory).stream()
        .filter(ConfigDifference.Change::free)
        .map(change -> "%s is now %s; it was %s".formatted(change.key(), change.is(), change.was()))
        .forEach(console.err()::println);
    if (given.isPresent()) {
      checkSame(given.get().differences(directory), own.differences(directory), folder);
    }
    return own;
  }

  /**
   * Refuses a config that differs from that of the run in a key that must not change, and tells
   * where the run's own value is used.
   */
  private void checkSame(
      List<ConfigDifference.Change> ofConfig,
      List<ConfigDifference.Change> overridden,
      Path folder) {
    List<ConfigDifference.Change> differences =
        ofConfig.stream().filter(change -> !overridden.contains(change)).toList();
    List<String> refused =
        differences.stream()
            .filter(change -> !change.free())
            .map(change -> "%s: is %s, was %s".formatted(change.key(), change.is(), change.was()))
            .toList();
    if (!refused.isEmpty()) {
      throw new CommandException(
          "%s differs from the experiment of %s:\n  %s\nTo resume with the run's own values, omit the config: %s. To train with the others, start a new run in another folder"
              .formatted(
                  config.orElseThrow(),
                  folder,
                  String.join("\n  ", refused),
                  resumeCommand(folder)));
    }
    for (ConfigDifference.Change change : differences) {
      console
          .err()
          .println(
              "%s stays %s, as in the run; %s has %s. To change it: --set %s=VALUE"
                  .formatted(
                      change.key(), change.was(), config.orElseThrow(), change.is(), change.key()));
    }
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
    return resumeCommand(console, folder);
  }

  /** Returns the command that resumes a run, to print for the user. */
  static String resumeCommand(Console console, Path run) {
    return console.command("train", "--resume", "--run", run);
  }

  private void next(Experiment experiment, Path folder) {
    console.out().println("the model is in " + new RunDirectory(folder).path() + "; next:");
    DataConfig data = experiment.config().data();
    if (data.test().isPresent() || data.dev().isPresent() || data.heldOut().isPresent()) {
      console.out().println("  " + console.command("evaluate", folder));
    }
    console.out().println("  " + use(experiment.config().source().type(), folder));
    console.out().println("  " + console.command("report", folder));
  }

  /** Returns the command that uses a model. */
  private String use(SequenceConfig.Type source, Path folder) {
    return switch (source) {
      case FILES -> console.command("transcribe", folder) + " FILE...";
      case NONE -> console.command("score", folder) + " --target FILE";
      case TEXT, VECTORS -> console.command("translate", folder);
    };
  }
}
