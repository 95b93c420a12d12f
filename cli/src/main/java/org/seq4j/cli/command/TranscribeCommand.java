package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.option.ModelOptions;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.option.SearchOptions;
import org.seq4j.cli.view.CutSources;
import org.seq4j.cli.view.TranslationFormat;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.Translator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j transcribe}. */
@Command(
    name = "transcribe",
    description = "Writes what the model of a run reads in files, such as the words of sounds.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j transcribe runs/speech call.wav",
      "  seq4j transcribe runs/speech calls/*.wav > calls.tsv",
      "",
      "The text of a single file is written alone; those of several, each after the file's name and"
          + " a tab, in the order of the files. A file that cannot be read is reported, and the"
          + " others are written; the exit status is then 1."
    })
public final class TranscribeCommand implements Callable<Integer> {
  /** Sounds are large, so few are in memory. */
  private static final int CHUNK = 8;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;
  @Mixin private SearchOptions search;
  @Mixin private ModelOptions models;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a run: runs/speech.")
  private Path run;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Files to read.")
  private List<Path> files;

  @Option(names = "--json", description = "Write a JSON object for each file.")
  private boolean json;

  @Inject
  TranscribeCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() throws IOException {
    search
        .complaint(Optional.empty())
        .or(() -> search.complaintOfNBest("only the best text is written; omit it"))
        .or(models::complaint)
        .ifPresent(
            message -> {
              throw new ParameterException(spec.commandLine(), message);
            });
    try (Translator model = models.load(run, plugins.registry())) {
      if (!(model.source() instanceof FileCodec)) {
        throw new CommandException(
            run + ": the sources of this model are not files: use seq4j translate");
      }
      SearchConfig searching =
          search.of(run, plugins.registry(), Optional.of(1), spec.commandLine());
      model.warnings(searching).forEach(line -> console.err().println("warning: " + line));
      return transcribe(model, searching);
    }
  }

  private int transcribe(Translator model, SearchConfig searching) throws IOException {
    TranslationFormat format =
        json ? TranslationFormat.json(model.source(), false) : TranslationFormat.text();
    CutSources cut = new CutSources(model.source().maxLength());
    long number = 0;
    for (int from = 0; from < files.size(); from += CHUNK) {
      List<Source> sources = read(model, files.subList(from, Math.min(files.size(), from + CHUNK)));
      List<Translation> translations = translate(model, sources, searching);
      for (int i = 0; i < sources.size(); i++) {
        cut.count(translations.get(i));
        String name = files.size() > 1 && !json ? sources.get(i).file() + "\t" : "";
        String line = name + format.format(++number, translations.get(i));
        console.out().write(line.getBytes(StandardCharsets.UTF_8));
      }
      console.out().flush();
    }
    cut.warning().ifPresent(console.err()::println);
    return number == files.size() ? ErrorReport.DONE : ErrorReport.FAILED;
  }

  private record Source(Path file, ExampleValue value) {}

  /** Reads files; those that cannot be read are reported and left out. */
  private List<Source> read(Translator model, List<Path> some) {
    List<Source> sources = new ArrayList<>();
    for (Path file : some) {
      try {
        byte[] content = Files.readAllBytes(file);
        sources.add(new Source(file, model.source().readFile(file.toString(), content)));
      } catch (SequenceFormatException e) {
        console.err().println("seq4j: " + e.getMessage());
      } catch (IOException e) {
        String problem = CorpusException.unreadable(file.toString(), e).getMessage();
        console.err().println("seq4j: " + problem);
      }
    }
    return sources;
  }

  private List<Translation> translate(
      Translator model, List<Source> sources, SearchConfig searching) {
    try {
      return sources.isEmpty()
          ? List.of()
          : model.translateAll(sources.stream().map(Source::value).toList(), searching, false);
    } catch (IllegalStateException | RequestException | ComponentException e) {
      // the model outputs NaN, or does not support the search
      throw new CommandException(run + ": " + e.getMessage(), e);
    }
  }
}
