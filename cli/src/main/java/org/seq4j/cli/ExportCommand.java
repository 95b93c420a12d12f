package org.seq4j.cli;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.seq4j.core.run.RunDirectory;
import org.seq4j.core.run.WeightsFile;
import org.seq4j.trainer.data.NumpyWeights;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j export}. */
@Command(
    name = "export",
    description = "Writes the weights of a model for other programs.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j export runs/first --format npz --output first.npz",
      "  seq4j export runs/first --format safetensors --bf16 --output first.safetensors",
      "",
      "The arrays are called as seq4j inspect calls the parameters. docs/using.md tells",
      "what is in them."
    })
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The folder of a run, as runs/demo.")
  private Path run;

  @Option(
      names = "--format",
      required = true,
      description = "npz (NumPy) or safetensors (Hugging Face).")
  private Format format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "The file; it appears when it is complete.")
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

  /** How weights are written. */
  enum Format {
    NPZ,
    SAFETENSORS
  }

  @Inject
  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (bf16 && format == Format.NPZ) {
      throw new ParameterException(
          spec.commandLine(), "--bf16: NumPy has no such numbers; take --format safetensors");
    }
    RunDirectory directory = new RunDirectory(run);
    WeightsFile.Content content = WeightsFile.read(directory.checkpoint(checkpoint));
    Map<String, WeightsFile.Array> arrays = content.arrays();
    arrays
        .keySet()
        .removeIf(name -> name.startsWith("optimizer.")); // of an optimizer, in last checkpoints
    switch (format) {
      case NPZ -> NumpyWeights.write(output, arrays);
      case SAFETENSORS ->
          WeightsFile.write(
              output,
              new WeightsFile.Content(arrays, Map.of()),
              bf16 ? WeightsFile.NumberType.BF16 : WeightsFile.NumberType.F32);
    }
    console.out().println("%d arrays in %s".formatted(arrays.size(), output));
    return ErrorReport.DONE;
  }
}
