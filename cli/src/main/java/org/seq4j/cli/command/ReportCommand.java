package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.trainer.data.split.SplitName;
import org.seq4j.trainer.experiment.Experiment;
import org.seq4j.trainer.report.Report;
import org.seq4j.trainer.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code seq4j report}. */
@Command(
    name = "report",
    description = {
      "Writes an HTML report on a run, as a single file that needs no network.",
      "It shows training curves, outputs, an analysis of errors, attention, beams, the data and the"
          + " machine."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j report runs/reverse                  writes runs/reverse/report.html",
      "  seq4j report runs/reverse --split test --output reverse.html"
    })
public final class ReportCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, for example runs/demo.")
  private Path run;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Split to evaluate the model on: dev (default), test or train.")
  private SplitName split = SplitName.DEV;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Output file; by default report.html in the run's folder.")
  private Optional<Path> output = Optional.empty();

  @Inject
  ReportCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    Experiment experiment = Experiment.ofRun(run, plugins.registry(), List.of());
    Report report = experiment.report(new RunDirectory(run), split);
    report.missing().forEach(line -> console.err().println("not in the report: " + line));
    Path file = output.orElseGet(() -> run.resolve("report.html"));
    AtomicFiles.write(file, ReportPage.html(report));
    console.out().println("the report is in " + file);
    return ErrorReport.DONE;
  }
}
