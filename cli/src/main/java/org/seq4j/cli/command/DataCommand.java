package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.seq4j.cli.debian.DebianCorpus;
import org.seq4j.cli.debian.DebianRecord;
import org.seq4j.cli.debian.DebianRequest;
import org.seq4j.cli.examples.ExampleData;
import org.seq4j.cli.examples.SplitLines;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.DebianOptions;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.option.SpeechOptions;
import org.seq4j.cli.speech.SpeechData;
import org.seq4j.cli.view.DataJson;
import org.seq4j.cli.view.DataReport;
import org.seq4j.cli.view.Table;
import org.seq4j.cli.view.TransferProgress;
import org.seq4j.trainer.data.batch.BatchConfig;
import org.seq4j.trainer.experiment.DataInspection;
import org.seq4j.trainer.experiment.Experiment;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    SpeechData.all().forEach(data -> table.add(data.name(), data.description()));
    table.add(DebianCorpus.NAME, DebianCorpus.DESCRIPTION);
    table.lines().forEach(console.out()::println);
    return ErrorReport.DONE;
  }

  @Command(
      name = "generate",
      description =
          "Writes train.tsv, dev.tsv and test.tsv; the files are the same every time. debian writes"
              + " them for summaries and for each language, in folders of their own; digits and"
              + " festvox-ru are lists of sounds.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  seq4j data generate reverse --output examples/reverse/data",
        "  seq4j data generate debian --languages en,it --suite bookworm \\",
        "    --mirror http://deb.debian.org/debian --output data/debian",
        "  seq4j data generate digits --recordings free-spoken-digit-dataset --output data/digits"
      })
  int generate(
      @Parameters(paramLabel = "NAME", description = "Name of a data set; see seq4j data list.")
          String name,
      @Option(
              names = "--output",
              paramLabel = "DIR",
              required = true,
              description = "Output folder; created if missing. Files of these names are replaced.")
          Path output,
      @Mixin DebianOptions debian,
      @Mixin SpeechOptions speech)
      throws IOException {
    CommandLine command = spec.subcommands().get("generate");
    if (name.equals(DebianCorpus.NAME)) {
      speech.refuse(command, name);
      return generateDebian(debian.request(command), output);
    }
    Optional<SpeechData> spoken = SpeechData.named(name);
    if (spoken.isPresent()) {
      debian.refuse(command, name);
      spoken.get().write(speech.request(command, spoken.get()), output);
      return written(output);
    }
    ExampleData data =
        ExampleData.named(name)
            .orElseThrow(
                () ->
                    new ParameterException(
                        command, "there is no data set '%s'. Known: %s".formatted(name, names())));
    debian.refuse(command, name);
    speech.refuse(command, name);
    data.write(output);
    return written(output);
  }

  private int written(Path output) {
    SplitLines.FILES.forEach(file -> console.out().println(output.resolve(file)));
    return ErrorReport.DONE;
  }

  private int generateDebian(DebianRequest request, Path output) {
    DebianRecord record;
    try (TransferProgress progress = new TransferProgress(console)) {
      record = new DebianCorpus(request, progress).write(output);
    }
    record.lines().forEach(console.out()::println);
    record.paths().forEach(file -> console.out().println(output.resolve(file)));
    return ErrorReport.DONE;
  }

  private static String names() {
    return Stream.of(
            ExampleData.all().stream().map(ExampleData::name),
            SpeechData.all().stream().map(SpeechData::name),
            Stream.of(DebianCorpus.NAME))
        .flatMap(names -> names)
        .collect(Collectors.joining(", "));
  }
}
