package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.RunExistsException;
import org.seq4j.trainer.weights.NumpyWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code seq4j import}. */
@Command(
    name = "import",
    description = "Makes a run of a model that was trained elsewhere.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j import model.yaml --weights model.npz --run runs/model",
      "  echo 'a b c' | seq4j translate runs/model",
      "",
      "The config is that of an experiment: its model, and under source.vocabulary.file",
      "and target.vocabulary.file the tokens, a line each, that the rows of the tables",
      "stand for. Arrays are called as seq4j inspect calls the parameters; what is missing",
      "or has another shape is said. docs/using.md tells what is in them."
    })
public final class ImportCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Parameters(paramLabel = "CONFIG", description = "The experiment's file, YAML or JSON.")
  private Path config;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "NumPy's .npz, or .safetensors of 64, 32 or 16 bits.")
  private Path weights;

  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run's folder.")
  private Path run;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Takes the place of a value in the config, as data.train.file=my.tsv.")
  private List<String> overrides = new ArrayList<>();

  @Inject
  ImportCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    Experiment experiment = Experiment.load(config, plugins.registry(), overrides);
    if (!Files.isRegularFile(weights)) {
      throw new CommandException("cannot read " + weights + ": there is no such file");
    }
    boolean numpy = weights.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
    Map<String, SafeTensors.Array> arrays =
        numpy ? NumpyWeights.read(weights) : SafeTensors.readForeign(weights).arrays();
    try {
      experiment.importWeights(run, arrays);
    } catch (RunExistsException e) {
      throw new CommandException(run + " already holds a run; name another folder", e);
    }
    console.out().println("%d arrays; the model is in %s; next:".formatted(arrays.size(), run));
    console.out().println("  " + console.command("translate", run));
    return ErrorReport.DONE;
  }
}
