package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.trainer.data.corpus.CorpusConfig;
import org.seq4j.trainer.data.corpus.CorpusFormats;
import org.seq4j.trainer.data.split.CorpusSplit;
import org.seq4j.trainer.data.split.SplitName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j data split}. */
@Command(
    name = "split",
    description =
        "Divides a corpus into train.tsv, dev.tsv and test.tsv in another folder. Examples of the same"
            + " source stay together, and the same corpus is always divided in the same way.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j data split all.tsv --output data",
      "  seq4j data split '{file: all.csv, source: text, target: summary}' --output data",
      "  seq4j data split '{source: all.de, target: all.en}' --output data --dev 500 --test 500"
    })
public final class DataSplitCommand implements Callable<Integer> {
  private static final double DEFAULT_SHARE = 0.05;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "CORPUS",
      description =
          "Corpus as in a config file, '{file: all.csv, source: text, target: summary}', or the name"
              + " of a file whose first two columns are source and target.")
  private String text;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      required = true,
      description =
          "Output folder; created if missing. Files of these names are replaced, but none of the"
              + " corpus.")
  private Path output;

  @Option(
      names = "--dev",
      paramLabel = "SIZE",
      description =
          "Share of the sources below 1, or a number of sources, for dev.tsv (default 0.05).")
  private Optional<Double> dev = Optional.empty();

  @Option(
      names = "--test",
      paramLabel = "SIZE",
      description = "The same for test.tsv (default: as --dev); 0 for none.")
  private Optional<Double> test = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Random seed of the division (default 1).")
  private long seed = 1;

  /** A config that contains only a corpus. */
  record Corpora(@Key(doc = "A corpus.") CorpusConfig corpus) {}

  @Inject
  DataSplitCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() {
    ComponentRegistry registry = plugins.registry();
    CorpusConfig corpus = corpus(registry);
    Path here = Path.of("").toAbsolutePath();
    CorpusFormats formats = CorpusFormats.of(registry, new ComponentContext(here));
    Map<SplitName, Long> counts = new CorpusSplit(corpus, formats, here, sizes()).write(output);
    for (SplitName split : SplitName.values()) {
      console
          .out()
          .println(
              CorpusSplit.file(output, split)
                  + ": "
                  + NumberFormats.count(counts.getOrDefault(split, 0L), "example"));
    }
    return ErrorReport.DONE;
  }

  private CorpusConfig corpus(ComponentRegistry registry) {
    ConfigReader reader = new ConfigReader(registry);
    boolean map = text.stripLeading().startsWith("{");
    CorpusConfig corpus =
        reader
            .bind(
                reader.parse(
                    Path.of("corpus"),
                    map ? "corpus: " + text : "corpus: {source: 0, target: 1, file: ''}",
                    map ? List.of() : List.of("corpus.file=" + text)),
                Corpora.class)
            .corpus();
    if (corpus.alternatives()) {
      throw new ParameterException(
          spec.commandLine(),
          "alternatives: the new files have one target in a line; give each pair its own line");
    }
    return corpus;
  }

  private CorpusSplit.Sizes sizes() {
    double forDev = dev.orElse(DEFAULT_SHARE);
    try {
      return new CorpusSplit.Sizes(forDev, test.orElse(forDev), seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--dev and --test: " + e.getMessage(), e);
    }
  }
}
