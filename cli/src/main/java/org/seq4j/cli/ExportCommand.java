package org.seq4j.cli;

import static org.seq4j.core.graph.Parameters.isSlot;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.core.run.RunDirectory;
import org.seq4j.core.run.SavedModel;
import org.seq4j.core.run.WeightsFile;
import org.seq4j.core.search.SearchConfig;
import org.seq4j.trainer.data.NumpyWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j export}. */
@Command(
    name = "export",
    description = "Writes a model, or its weights, for other programs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j export runs/first --format saved-model --output first",
      "  seq4j export runs/first --format npz --output first.npz",
      "  seq4j export runs/first --format safetensors --bf16 --output first.safetensors",
      "",
      "A saved model is TensorFlow's, with the whole search in its graph: greedy or a",
      "beam. The arrays of the other formats are called as seq4j inspect calls the",
      "parameters. docs/using.md tells what is in them."
    })
final class ExportCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The folder of a run, as runs/demo.")
  private Path run;

  @Option(
      names = "--format",
      required = true,
      description = "saved-model (TensorFlow), npz (NumPy) or safetensors (Hugging Face).")
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      required = true,
      description = "The file, or of a saved model the folder.")
  private Path output;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description = "Which checkpoint: best (the default), last, average, or the name of one.")
  private String checkpoint = "best";

  @Option(
      names = "--bf16",
      description = "Of safetensors: in 16 bits, the upper half of the usual 32, rounded.")
  private boolean bf16;

  @Mixin private SearchOptions search;

  /** How weights are written. */
  enum Format {
    SAVED_MODEL,
    NPZ,
    SAFETENSORS;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Inject
  ExportCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    if (bf16 && format != Format.SAFETENSORS) {
      refuse("--bf16: only --format safetensors has such numbers");
    }
    search.complaint(Optional.empty()).ifPresent(this::refuse);
    RunDirectory directory = new RunDirectory(run);
    if (format == Format.SAVED_MODEL) {
      savedModel(directory);
      return ErrorReport.DONE;
    }
    WeightsFile.Content content = WeightsFile.read(directory.checkpoint(checkpoint));
    Map<String, WeightsFile.Array> arrays = content.arrays();
    arrays.keySet().removeIf(name -> isSlot(name)); // in checkpoints that training goes on from
    if (format == Format.NPZ) {
      NumpyWeights.write(output, arrays);
    } else {
      WeightsFile.write(
          output,
          new WeightsFile.Content(arrays, Map.of()),
          bf16 ? WeightsFile.NumberType.BF16 : WeightsFile.NumberType.F32);
    }
    console.out().println("%d arrays in %s".formatted(arrays.size(), output));
    return ErrorReport.DONE;
  }

  private void savedModel(RunDirectory directory) {
    Path weights = directory.checkpoint(checkpoint);
    SearchConfig searching = search.of(run, plugins.registry(), 1, spec.commandLine());
    try {
      SavedModel.write(directory, weights, plugins.registry(), searching, output);
    } catch (IllegalArgumentException e) {
      throw new CommandException(run + ": " + e.getMessage(), e);
    }
    console.out().println("the model is in " + output);
  }

  private void refuse(String message) {
    throw new ParameterException(spec.commandLine(), message);
  }
}
