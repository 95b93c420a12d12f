package org.seq4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.cli.view.Table;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.training.LearningRateSearch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j find-learning-rate}. */
@Command(
    name = "find-learning-rate",
    description = {
      "Suggests a learning rate by a range test (Smith 2017).",
      "It trains with a learning rate that grows at each step, until the loss diverges. The"
          + " suggestion is a tenth of the learning rate with the lowest loss. The model is"
          + " discarded."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j find-learning-rate examples/dates/dates.yaml",
      "  seq4j find-learning-rate reverse.yaml --from 0.0001 --to 1 --steps 300",
    })
public final class FindLearningRateCommand implements Callable<Integer> {
  private static final int ROWS = 25;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CONFIG", description = "Config file of the experiment, YAML or JSON.")
  private Path config;

  @Option(
      names = "--from",
      paramLabel = "RATE",
      description = "First learning rate; by default ${DEFAULT-VALUE}.")
  private double from = 1e-5;

  @Option(
      names = "--to",
      paramLabel = "RATE",
      description = "Last learning rate; by default ${DEFAULT-VALUE}.")
  private double to = 1;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Maximum number of steps; by default ${DEFAULT-VALUE}.")
  private int steps = 200;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a config key, such as training.batch.size=32; repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Inject
  FindLearningRateCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    LearningRateSearch.Range range;
    try {
      range = new LearningRateSearch.Range(from, to, steps);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    Experiment experiment = Experiment.load(config, plugins.registry(), overrides);
    LearningRateSearch found = experiment.findLearningRate(range);
    Table table = new Table("learning rate", "loss");
    List<LearningRateSearch.Point> points = found.points();
    int every = Math.max(1, points.size() / ROWS);
    for (int i = every - 1; i < points.size(); i += every) {
      table.add(rate(points.get(i).learningRate()), NumberFormats.decimal(points.get(i).loss()));
    }
    table.lines().forEach(console.out()::println);
    console
        .out()
        .println(
            "try --set training.learning_rate="
                + rate(found.suggestion())
                + (points.size() < steps
                    ? ""
                    : "  (the loss had not diverged at the last step: try a larger --to)"));
    return ErrorReport.DONE;
  }

  private static String rate(double value) {
    return String.format(Locale.ROOT, "%.2g", value);
  }
}
