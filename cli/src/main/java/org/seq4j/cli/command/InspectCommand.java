package org.seq4j.cli.command;

import static org.seq4j.runtime.graph.Parameters.isSlot;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.HistoryView;
import org.seq4j.cli.view.ModelSummary;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.cli.view.Table;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.report.RunHistory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code seq4j inspect}: reads the files of a run without loading its model. */
@Command(
    name = "inspect",
    description = "Shows what a run contains: model, parameters, progress of training.",
    footerHeading = "%nExample:%n",
    footer = "  seq4j inspect runs/demo")
public final class InspectCommand implements Callable<Integer> {
  private static final int VALIDATIONS = 20;

  private final Console console;

  private final Plugins plugins;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, for example runs/demo.")
  private Path run;

  @Inject
  InspectCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() throws IOException {
    RunDirectory directory = new RunDirectory(run);
    Optional<Path> checkpoint = checkpoint(directory);
    HistoryView history = new HistoryView(RunHistory.read(directory));
    console.out().println(run.toString());
    TranslationConfig config = LoadedRun.readConfig(directory, plugins.registry());
    ModelSummary.lines(config).forEach(console.out()::println);
    List<String> vocabularies = new ArrayList<>(); // vectors have none
    if (config.source().hasVocabulary()) {
      vocabularies.add(tokens(directory.sourceVocabulary()) + " source tokens");
    }
    if (!config.target().isVectors()) {
      vocabularies.add(tokens(directory.targetVocabulary()) + " target tokens");
    }
    if (!vocabularies.isEmpty()) {
      console.out().println(ModelSummary.line("vocabulary", String.join(", ", vocabularies)));
    }
    history
        .progress()
        .ifPresent(progress -> console.out().println(ModelSummary.line("trained to", progress)));
    if (checkpoint.isPresent()) {
      SafeTensors.Content weights = SafeTensors.read(checkpoint.get());
      console.out().println(ModelSummary.line("checkpoint", name(checkpoint.get(), weights)));
      printParameters(weights);
    } else {
      console.out().println(ModelSummary.line("checkpoint", "none yet"));
    }
    printHistory(history);
    return ErrorReport.DONE;
  }

  private static String tokens(Path vocabulary) throws IOException {
    return NumberFormats.count(CountedVocabulary.read(vocabulary).size());
  }

  /** Returns the checkpoint used for inference; empty if the run has not saved any yet. */
  private static Optional<Path> checkpoint(RunDirectory directory) {
    boolean none =
        directory.exists()
            && directory.bestCheckpoints().isEmpty()
            && directory.lastCheckpoints().isEmpty();
    return none ? Optional.empty() : Optional.of(directory.checkpoint());
  }

  private String name(Path checkpoint, SafeTensors.Content weights) {
    String step = weights.metadata().get("step");
    return run.relativize(checkpoint) + (step == null ? "" : ", of step " + step);
  }

  private void printParameters(SafeTensors.Content weights) {
    Map<String, SafeTensors.Array> parameters = new TreeMap<>(weights.arrays());
    parameters.keySet().removeIf(name -> isSlot(name));
    Table table = new Table("parameter", "shape", "numbers");
    long total = 0;
    for (Map.Entry<String, SafeTensors.Array> entry : parameters.entrySet()) {
      int numbers = entry.getValue().values().length;
      total += numbers;
      table.add(entry.getKey(), shape(entry.getValue()), NumberFormats.count(numbers));
    }
    table.add("all", "", NumberFormats.count(total));
    console.out().println();
    table.lines().forEach(console.out()::println);
  }

  private static String shape(SafeTensors.Array array) {
    return Arrays.stream(array.shape()).mapToObj(Long::toString).collect(Collectors.joining(" x "));
  }

  private void printHistory(HistoryView view) {
    RunHistory history = view.history();
    if (history.validations().isEmpty()) {
      return;
    }
    console.out().println();
    console
        .out()
        .println("validations" + (history.validations().size() > VALIDATIONS ? ", the last" : ""));
    view.table(VALIDATIONS).lines().forEach(console.out()::println);
  }
}
