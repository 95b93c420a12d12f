package org.seq4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.training.checkpoint.CheckpointAverage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j average}. */
@Command(
    name = "average",
    description = {
      "Averages the weights of a run's best checkpoints into one model.",
      "The result is the checkpoint named average."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j train reverse.yaml --set training.checkpoints.keep_best=5",
      "  seq4j average runs/reverse",
      "  seq4j evaluate runs/reverse --checkpoint average --split dev",
    })
public final class AverageCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, for example runs/demo.")
  private Path run;

  @Option(
      names = "--best",
      paramLabel = "N",
      description =
          "Maximum number of checkpoints; by default all best checkpoints that the run keeps.")
  private int best = Integer.MAX_VALUE;

  @Inject
  AverageCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (best < 2) {
      throw new ParameterException(
          spec.commandLine(), "--best: expected at least 2 checkpoints to average, got " + best);
    }
    RunDirectory directory = new RunDirectory(run);
    directory.checkpoint(); // throws if the folder is not a run
    for (Path file : CheckpointAverage.write(directory, best)) {
      console.out().println("averaged " + run.relativize(file));
    }
    console.out().println("next:");
    console.out().println("  " + console.command("evaluate", run, "--checkpoint", "average"));
    return ErrorReport.DONE;
  }
}
