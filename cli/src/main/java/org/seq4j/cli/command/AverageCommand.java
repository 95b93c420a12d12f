package org.seq4j.cli.command;

import com.google.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.training.checkpoint.CheckpointAverage;
import picocli.CommandLine.ArgGroup;
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
      "Averages the weights of several checkpoints of a run into one model.",
      "The result is the checkpoint named average."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j train reverse.yaml --set training.checkpoints.keep_best=5",
      "  seq4j average runs/reverse",
      "  seq4j evaluate runs/reverse --checkpoint average --split dev",
      "  seq4j average runs/reverse --last 10",
    })
public final class AverageCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, for example runs/demo.")
  private Path run;

  /** The checkpoints to average. */
  private static final class Choice {
    @Option(
        names = "--best",
        paramLabel = "N",
        description =
            "The N best checkpoints. Default: all best checkpoints that the run keeps (training.checkpoints.keep_best).")
    private Integer best;

    @Option(
        names = "--last",
        paramLabel = "N",
        description =
            "The N latest checkpoints instead (training.checkpoints.keep_last): their weights, not the moving averages.")
    private Integer last;
  }

  @ArgGroup private Choice choice = new Choice();

  @Inject
  AverageCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    check("--best", choice.best);
    check("--last", choice.last);
    RunDirectory directory = new RunDirectory(run);
    directory.checkpoint(); // throws if the folder is not a run
    List<Path> averaged =
        choice.last == null
            ? CheckpointAverage.ofBest(
                directory, choice.best == null ? Integer.MAX_VALUE : choice.best)
            : CheckpointAverage.ofLast(directory, choice.last);
    for (Path file : averaged) {
      console.out().println("averaged " + run.relativize(file));
    }
    console.out().println("next:");
    console.out().println("  " + console.command("evaluate", run, "--checkpoint", "average"));
    return ErrorReport.DONE;
  }

  private void check(String option, Integer count) {
    if (count != null && count < 2) {
      throw new ParameterException(
          spec.commandLine(),
          option + ": expected at least 2 checkpoints to average, got " + count);
    }
  }
}
