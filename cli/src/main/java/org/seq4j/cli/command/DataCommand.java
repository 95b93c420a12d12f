package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.seq4j.cli.examples.ExampleData;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.DataJson;
import org.seq4j.cli.view.DataReport;
import org.seq4j.cli.view.Table;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.experiment.DataInspection;
import org.seq4j.trainer.experiment.Experiment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j data}. */
@Command(
    name = "data",
    description = "Inspects and divides training data, and generates example data sets.",
    synopsisSubcommandLabel =
        "(inspect CONFIG | split CORPUS --output DIR | list | generate NAME --output DIR)",
    subcommands = DataSplitCommand.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j data inspect examples/reverse/reverse.yaml",
      "  seq4j data split all.tsv --output data",
      "  seq4j data list",
      "  seq4j data generate reverse --output examples/reverse/data",
      "",
      "The extension of a data file, or the key format of the config, selects its format."
          + " Formats: seq4j plugins list."
    })
public final class DataCommand {
  private static final List<String> FILES = List.of("train.tsv", "dev.tsv", "test.tsv");

  private final Console console;

  @Spec private CommandSpec spec;

  private final Plugins plugins;

  @Inject
  DataCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Command(
      name = "inspect",
      description =
          "Reports on the data that training would see: size, lengths, unknown tokens, padding,"
              + " and sources that occur in several splits.",
      footerHeading = "%nExample:%n",
      footer = "  seq4j data inspect examples/reverse/reverse.yaml")
  int inspect(
      @Parameters(
              paramLabel = "CONFIG",
              description = "Config file of the experiment, YAML or JSON.")
          Path config,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description = "Override a key of the config, as in seq4j train; repeatable.")
          List<String> settings,
      @Option(names = "--json", description = "Write the report as a JSON object.") boolean json) {
    Experiment experiment =
        Experiment.load(config, plugins.registry(), settings == null ? List.of() : settings);
    DataInspection data = experiment.inspectData();
    BatchConfig batch = experiment.config().training().batch();
    if (json) {
      console.out().println(new DataJson(data, batch).text());
    } else {
      new DataReport(data, batch).lines().forEach(console.out()::println);
    }
    return ErrorReport.DONE;
  }

  @Command(name = "list", description = "Lists the example data sets.")
  int list() {
    Table table = new Table("name", "description");
    ExampleData.all().forEach(data -> table.add(data.name(), data.description()));
    table.lines().forEach(console.out()::println);
    return ErrorReport.DONE;
  }

  @Command(
      name = "generate",
      description = "Writes train.tsv, dev.tsv and test.tsv; the files are the same every time.",
      footerHeading = "%nExample:%n",
      footer = "  seq4j data generate reverse --output examples/reverse/data")
  int generate(
      @Parameters(paramLabel = "NAME", description = "Name of a data set; see seq4j data list.")
          String name,
      @Option(
              names = "--output",
              paramLabel = "DIR",
              required = true,
              description = "Output folder; created if missing. Files of these names are replaced.")
          Path output)
      throws IOException {
    ExampleData data =
        ExampleData.named(name)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.subcommands().get("generate"),
                        "there is no data set '%s'. Known: %s".formatted(name, names())));
    data.write(output);
    FILES.forEach(file -> console.out().println(output.resolve(file)));
    return ErrorReport.DONE;
  }

  private static String names() {
    return ExampleData.all().stream().map(ExampleData::name).collect(Collectors.joining(", "));
  }
}
