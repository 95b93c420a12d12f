package org.seq4j.cli.command;

import static org.seq4j.runtime.graph.Parameters.isSlot;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.option.SearchOptions;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.run.RunCopy;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.run.SavedModel;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.weights.SafeTensors;
import org.seq4j.trainer.weights.NumpyWeights;
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
    description = "Exports a model, or its weights, for deployment or other tools.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j export runs/first --format run --precision int8 --output small",
      "  seq4j export runs/first --format saved-model --output first",
      "  seq4j export runs/first --format npz --output first.npz",
      "  seq4j export runs/first --format safetensors --output first.safetensors",
      "",
      "A SavedModel of TensorFlow contains the whole search (greedy or beam) in its graph. Arrays"
          + " in"
          + " npz and safetensors have the parameter names that seq4j inspect prints;"
          + " docs/using.md describes their contents."
    })
public final class ExportCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, for example runs/demo.")
  private Path run;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      required = true,
      description =
          "Output format: run (only the files that inference needs), saved-model (TensorFlow), npz"
              + " (NumPy) or safetensors (Hugging Face).")
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "PATH",
      required = true,
      description = "Output file; for run and saved-model, output folder.")
  private Path output;

  @Option(
      names = "--checkpoint",
      paramLabel = "NAME",
      description =
          "Checkpoint to export: best (default), last, average, or a name such as last-1200.")
  private String checkpoint = "best";

  @Option(
      names = "--precision",
      paramLabel = "NUMBERS",
      description =
          "Number format of the weights in run and safetensors: f32 (default); bf16; or int8, 8-bit"
              + " matrices with a scale for each row or column.")
  private Numbers precision = Numbers.F32;

  @Mixin private SearchOptions search;

  /** The number formats of exported weights. */
  enum Numbers {
    F32(SafeTensors.NumberType.F32),
    BF16(SafeTensors.NumberType.BF16),
    INT8(SafeTensors.NumberType.I8);

    private final SafeTensors.NumberType type;

    Numbers(SafeTensors.NumberType type) {
      this.type = type;
    }

    /** Returns the name as users type it. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The formats of exports. */
  enum Format {
    RUN,
    SAVED_MODEL,
    NPZ,
    SAFETENSORS;

    /** Returns the name as users type it. */
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
    if (precision != Numbers.F32 && format != Format.RUN && format != Format.SAFETENSORS) {
      refuse(
          "--precision %s: only the formats run and safetensors support it".formatted(precision));
    }
    if (format != Format.SAVED_MODEL) {
      search
          .given()
          .ifPresent(
              option ->
                  refuse(
                      "%s: only a saved-model contains a search, --format %s has none"
                          .formatted(option, format)));
    }
    search.complaint(Optional.empty()).ifPresent(this::refuse);
    RunDirectory directory = new RunDirectory(run);
    Path weights = directory.checkpoint(checkpoint);
    try {
      console.out().println(write(directory, weights));
    } catch (ComponentException saysWhere) {
      throw saysWhere;
    } catch (RequestException | IllegalArgumentException e) { // the format cannot represent it
      throw new CommandException(run + ": " + e.getMessage(), e);
    }
    return ErrorReport.DONE;
  }

  /** Writes the export and returns a message for the user. */
  private String write(RunDirectory directory, Path weights) {
    switch (format) {
      case RUN -> {
        RunCopy.write(directory, weights, precision.type, output);
        return "the run is in " + output;
      }
      case SAVED_MODEL -> {
        SearchConfig searching =
            search.of(run, plugins.registry(), Optional.empty(), spec.commandLine());
        SavedModel.write(directory, weights, plugins.registry(), searching, output);
        return "the model is in " + output;
      }
      default -> {
        Map<String, SafeTensors.Array> arrays = SafeTensors.read(weights).arrays();
        arrays.keySet().removeIf(name -> isSlot(name)); // optimizer state
        if (format == Format.NPZ) {
          NumpyWeights.write(output, arrays);
        } else {
          SafeTensors.write(output, new SafeTensors.Content(arrays, Map.of()), precision.type);
        }
        return String.format(Locale.ROOT, "%d arrays in %s", arrays.size(), output);
      }
    }
  }

  private void refuse(String message) {
    throw new ParameterException(spec.commandLine(), message);
  }
}
