package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.experiment.RunExistsException;
import org.seq4j.trainer.weights.NumpyWeights;
import org.seq4j.trainer.weights.WeightMapping;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code seq4j import}. */
@Command(
    name = "import",
    description = "Creates a run from the weights of a model that another tool trained.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j import model.yaml --weights model.npz --run runs/model",
      "  echo 'a b c' | seq4j translate runs/model",
      "  seq4j import model.yaml --weights model.npz --mapping names.yaml --run runs/model",
      "",
      "The config describes the model. The files source.vocabulary.file and",
      "target.vocabulary.file list its tokens, one per line, in the order of the rows",
      "of the embedding tables. Arrays have the parameter names that seq4j inspect",
      "prints; missing arrays and wrong shapes are reported. A mapping file gives the",
      "arrays of another program these names and shapes. docs/using.md describes both."
    })
public final class ImportCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Parameters(paramLabel = "CONFIG", description = "Config file of the experiment, YAML or JSON.")
  private Path config;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "File of weights: .npz (NumPy), or .safetensors with 64, 32 or 16-bit numbers.")
  private Path weights;

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "YAML file with the key weights: the conversion of each array, by its name in the file of"
              + " weights: {to: PARAMETER, transpose: true}.")
  private Optional<Path> mapping = Optional.empty();

  @Option(
      names = "--run",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the new run.")
  private Path run;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Override a config key, such as source.max_length=50; repeatable.")
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
      throw new CommandException("no such file: " + weights);
    }
    boolean numpy = weights.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
    Map<String, SafeTensors.Array> arrays =
        numpy ? NumpyWeights.read(weights) : SafeTensors.readForeign(weights).arrays();
    Map<String, SafeTensors.Array> converted =
        mapping.map(file -> mapping(file).apply(arrays)).orElse(arrays);
    try {
      experiment.importWeights(run, converted);
    } catch (RunExistsException e) {
      throw new CommandException(run + " already holds a run; name another folder", e);
    }
    console
        .out()
        .println(
            String.format(
                Locale.ROOT, "%d arrays; the model is in %s; next:", converted.size(), run));
    console.out().println("  " + console.command("translate", run));
    return ErrorReport.DONE;
  }

  private WeightMapping mapping(Path file) {
    ConfigReader reader = new ConfigReader(plugins.registry());
    return reader.bind(reader.read(file, List.of()), WeightMapping.class);
  }
}
