package org.seq4j.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.cli.view.Table;
import org.seq4j.core.metric.Metric;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.evaluation.Bootstrap;
import org.seq4j.trainer.evaluation.Evaluation;
import org.seq4j.trainer.experiment.ConfigDifference;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.ExperimentConfig;
import org.seq4j.trainer.report.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j compare}. */
@Command(
    name = "compare",
    description = {
      "Compares runs: differences of their configs, and results of training and validation.",
      "With --split, it also scores their models; 'by chance' is then the p-value of the difference"
          + " from the first run (paired bootstrap)."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j compare runs/reverse runs/reverse-context-vector",
      "  seq4j compare runs/base runs/smoothed --split test",
    })
public final class CompareCommand implements Callable<Integer> {
  private static final int ROWS = 20; // max number of validations
  private static final int DRAWS = 1000;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", arity = "2..*", description = "Folders of at least two runs.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Score the models on this split of the first run's data: test or dev.")
  private Optional<SplitName> split = Optional.empty();

  @Inject
  CompareCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    List<Experiment> experiments = new ArrayList<>();
    List<RunHistory> histories = new ArrayList<>();
    for (Path run : runs) {
      experiments.add(Experiment.ofRun(run, plugins.registry(), List.of()));
      histories.add(RunHistory.read(new RunDirectory(run)));
    }
    printConfigs(experiments.stream().map(Experiment::config).toList());
    printTraining(histories);
    Set<String> measures = new LinkedHashSet<>(List.of("/loss"));
    experiments
        .get(0)
        .config()
        .evaluation()
        .names()
        .forEach(name -> measures.add("/metrics/" + name));
    measures.forEach(measure -> printCurves(measure, histories));
    if (split.isPresent()) {
      printScores(experiments);
    }
    return ErrorReport.DONE;
  }

  private Table table(String first) {
    List<String> header = new ArrayList<>(List.of(first));
    runs.forEach(run -> header.add(run.toString()));
    return new Table(header.toArray(String[]::new));
  }

  private void print(Table table) {
    table.lines().forEach(console.out()::println);
    console.out().println();
  }

  private void printConfigs(List<ExperimentConfig> configs) {
    Table table = table("config");
    ConfigDifference.among(configs)
        .forEach(
            (key, values) -> {
              List<String> row = new ArrayList<>(List.of(key));
              row.addAll(values);
              table.add(row);
            });
    print(table);
  }

  private void printTraining(List<RunHistory> histories) {
    Table table = table("training");
    List<String> steps = new ArrayList<>(List.of("steps"));
    List<String> times = new ArrayList<>(List.of("time"));
    List<String> ends = new ArrayList<>(List.of("ended"));
    for (RunHistory history : histories) {
      long step = 0;
      double seconds = 0;
      String outcome = "-";
      for (JsonNode event : history.sessions()) {
        step = Math.max(step, event.path("step").asLong());
        seconds += event.path("seconds").asDouble();
        outcome = event.path("outcome").asText(outcome);
      }
      steps.add(NumberFormats.count(step));
      times.add(NumberFormats.time(Duration.ofMillis(Math.round(seconds * 1000))));
      ends.add(outcome.replace('_', ' '));
    }
    table.add(steps);
    table.add(times);
    table.add(ends);
    print(table);
  }

  /** Prints a measure at the validations of all runs, in at most {@link #ROWS} rows. */
  private void printCurves(String pointer, List<RunHistory> histories) {
    TreeSet<Long> steps = new TreeSet<>();
    for (RunHistory history : histories) {
      history.validations().forEach(event -> steps.add(event.path("step").asLong()));
    }
    Table table = table("step: " + pointer.substring(pointer.lastIndexOf('/') + 1));
    List<Long> all = List.copyOf(steps);
    int every = Math.max(1, (all.size() + ROWS - 1) / ROWS);
    for (int i = (all.size() - 1) % every; i < all.size(); i += every) {
      List<String> row = new ArrayList<>(List.of(NumberFormats.count(all.get(i))));
      for (RunHistory history : histories) {
        row.add(valueAt(history, all.get(i), pointer));
      }
      table.add(row);
    }
    print(table);
  }

  private static String valueAt(RunHistory history, long step, String pointer) {
    return history.validations().stream()
        .filter(event -> event.path("step").asLong() == step)
        .map(event -> event.at(pointer))
        .filter(JsonNode::isNumber)
        .map(value -> NumberFormats.decimal(value.asDouble()))
        .findFirst()
        .orElse("-");
  }

  private void printScores(List<Experiment> experiments) {
    Experiment first = experiments.get(0);
    var examples = first.examples(split.orElseThrow());
    List<Evaluation> evaluations = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RunDirectory run = new RunDirectory(runs.get(i));
      if (experiments.get(i).config().target().isVectors() != first.config().target().isVectors()) {
        throw new ParameterException(
            spec.commandLine(),
            runs.get(i) + ": expected targets of the same kind as the first run (text or vectors)");
      }
      evaluations.add(experiments.get(i).evaluate(run, run.checkpoint(), examples));
    }
    Table table =
        table(
            split.orElseThrow().name().toLowerCase(Locale.ROOT)
                + ": "
                + NumberFormats.count(examples.size(), "example"));
    Bootstrap bootstrap = new Bootstrap(DRAWS, 1);
    for (Component<Metric> component : first.config().evaluation().metrics()) {
      Metric metric = component.create(new ComponentContext(first.directory()));
      List<String> scores = new ArrayList<>(List.of(component.type()));
      List<String> chances = new ArrayList<>(List.of("  by chance", "-"));
      for (int i = 0; i < evaluations.size(); i++) {
        scores.add(metric.score(evaluations.get(i).samples()).display());
        if (i > 0) {
          chances.add(
              NumberFormats.decimal(
                  bootstrap
                      .compare(metric, evaluations.get(0).samples(), evaluations.get(i).samples())
                      .probability()));
        }
      }
      table.add(scores);
      table.add(chances);
    }
    print(table);
  }
}
