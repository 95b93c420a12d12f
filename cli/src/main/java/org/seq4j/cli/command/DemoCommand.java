package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.seq4j.cli.examples.ExampleData;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.AttentionPicture;
import org.seq4j.cli.view.DemoReport;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.ExperimentConfig;
import org.seq4j.trainer.training.state.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code seq4j demo}. */
@Command(
    name = "demo",
    description = "Trains a small model that pronounces English words, and shows its results.",
    footerHeading = "%nExample:%n",
    footer = {
      "  seq4j demo",
      "",
      "Takes a few minutes on two cores. The words are from the CMU Pronouncing Dictionary."
          + " Data and config are written next to the run, to runs/demo-data by default."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final String CONFIG = "demo.yaml";
  private static final String DATA = "pronunciation";

  private final Console console;
  private final Plugins plugins;
  private final TrainingSession session;

  @Spec private CommandSpec spec;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      defaultValue = "runs/demo",
      description = "Folder of the run; by default ${DEFAULT-VALUE}.")
  private Path run;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key of the demo's config, for example training.max_steps=500; repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Inject
  DemoCommand(Console console, Plugins plugins, TrainingSession session) {
    this.console = console;
    this.plugins = plugins;
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    Path data = run.resolveSibling(run.getFileName() + "-data");
    Path config = data.resolve(CONFIG);
    if (new RunDirectory(run).exists()) {
      throw new CommandException(alreadyThere());
    }
    console.err().println("writing words and their phonemes to " + data);
    ExampleData.named(DATA).orElseThrow().write(data);
    AtomicFiles.write(config, out -> out.write(resource()));
    Experiment experiment = Experiment.load(config, plugins.registry(), overrides);
    refuseWhatCannotBeShown(experiment.config());
    TrainingResult result = session.train(experiment, run);
    if (!session.tellEnd(result, run, TrainCommand.resumeCommand(console, run))) {
      return TrainingSession.interrupted(run);
    }
    console.err().println("evaluating on the test words, which were not in the training data");
    report(experiment.evaluate(run, SplitName.TEST));
    next(config);
    return ErrorReport.DONE;
  }

  /** Refuses overrides that would make the final report fail, before minutes of training. */
  private void refuseWhatCannotBeShown(ExperimentConfig config) {
    if (!config.evaluation().names().containsAll(DemoReport.METRICS)) {
      refuse(
          "--set evaluation.metrics: the demo shows %s, so keep both; got %s"
              .formatted(String.join(" and ", DemoReport.METRICS), config.evaluation().names()));
    }
    if (config.data().test().isEmpty()) {
      refuse("--set data.test: the demo evaluates its model on the test data, so keep them");
    }
  }

  private void refuse(String message) {
    throw new ParameterException(spec.commandLine(), message);
  }

  private String alreadyThere() {
    return """
        %s already holds a run. To use it:
          %s
        To resume it, if it was interrupted:
          %s
        To train another one:
          %s\
        """
        .formatted(
            run,
            console.command("translate", run),
            TrainCommand.resumeCommand(console, run),
            console.command("demo", "--run", run.resolveSibling(run.getFileName() + "2")));
  }

  private static byte[] resource() throws IOException {
    try (InputStream in = DemoCommand.class.getResourceAsStream(CONFIG)) {
      if (in == null) {
        throw new IllegalStateException(CONFIG + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }

  private void report(Evaluation evaluation) {
    DemoReport report = new DemoReport(evaluation);
    report.scores().forEach(console.out()::println);
    console.out().println();
    report.words().lines().forEach(console.out()::println);
    console.out().println();
    try (LoadedRun model = LoadedRun.open(new RunDirectory(run), plugins.registry())) {
      Translation translation =
          Translator.of(model)
              .translate(List.of(report.typicalWord()), model.config().search(), true)
              .get(0);
      console
          .out()
          .println("attention of each phoneme to the letters of " + translation.source() + ":");
      AttentionPicture.draw(
              translation.sourceTokenTexts(),
              translation.best().tokenTexts(),
              translation.best().attention(),
              Console.DEFAULT_COLUMNS)
          .forEach(console.out()::println);
      console.out().println(AttentionPicture.legend());
    }
    console.out().println();
  }

  private void next(Path config) {
    console.out().println("next:");
    console.out().println("  echo sequence | " + console.command("translate", run));
    console.out().println("  " + console.command("evaluate", run));
    console.out().println("  " + console.command("inspect", run));
    console.out().println("config to edit and train again: " + config);
  }
}
