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
      "Looks for a learning rate: trains while it grows from step to step, until the loss does,",
      "too. A tenth of where the loss was lowest is a good one to begin with. Keeps nothing."
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

  @Parameters(paramLabel = "CONFIG", description = "The experiment's file, YAML or JSON.")
  private Path config;

  @Option(names = "--from", paramLabel = "RATE", description = "The first; ${DEFAULT-VALUE}.")
  private double from = 1e-5;

  @Option(names = "--to", paramLabel = "RATE", description = "The last; ${DEFAULT-VALUE}.")
  private double to = 1;

  @Option(names = "--steps", paramLabel = "N", description = "How many; ${DEFAULT-VALUE}.")
  private int steps = 200;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Takes the place of a value in the config, as training.batch.size=32.")
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
                    : "  (the loss had not grown yet at the last: look further with --to)"));
    return ErrorReport.DONE;
  }

  private static String rate(double value) {
    return String.format(Locale.ROOT, "%.2g", value);
  }
}
