package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.SourceFiles;
import org.seq4j.cli.io.TextFiles;
import org.seq4j.cli.option.CuttingOptions;
import org.seq4j.cli.option.ModelOptions;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.NumberFormats;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.transcribe.Aligner;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.serve.TranscriptJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j align}. */
@Command(
    name = "align",
    description = "Finds the times of words in sounds whose texts are known, by CTC.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j align runs/speech recordings.tsv > times.jsonl",
      "",
      "A line of the list has the path of a sound file, from the folder of the list, a tab and its"
          + " text. A JSON object is written for each, with the times of words and tokens in"
          + " seconds. A score is a natural logarithm of a probability: words that are not said"
          + " have low ones. A line that cannot be aligned is reported, and the others are written;"
          + " the exit status is then 1."
    })
public final class AlignCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;
  @Mixin private CuttingOptions cutting;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a run: runs/speech.")
  private Path run;

  @Parameters(index = "1", paramLabel = "LIST", description = "List of sound files and texts.")
  private Path list;

  @Option(names = "--checkpoint", paramLabel = "NAME", description = ModelOptions.CHECKPOINT)
  private String checkpoint = "best";

  @Inject
  AlignCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  /** A sound that has been read, and its text. */
  private record Work(String place, String file, String text, VectorsValue sound) {}

  @Override
  public Integer call() throws IOException {
    List<String> lines = TextFiles.lines(list);
    try (Translator model = ModelOptions.load(run, checkpoint, plugins.registry())) {
      ModelOptions.checkSource(run, model, "align");
      Aligner aligner = cutting.apply(it -> Aligner.of(model, it), spec.commandLine());
      long aligned = align(aligner, new SourceFiles(console, (FileCodec) model.source()), lines);
      if (aligned == lines.size()) {
        return ErrorReport.DONE;
      }
      console
          .err()
          .printf(
              Locale.ROOT,
              "seq4j: %s of %s could not be aligned%n",
              NumberFormats.count(lines.size() - aligned),
              NumberFormats.count(lines.size(), "line"));
      return ErrorReport.FAILED;
    } catch (RequestException | IllegalStateException e) {
      // the model has no CTC, or outputs NaN
      throw new CommandException(run + ": " + e.getMessage(), e);
    }
  }

  private long align(Aligner aligner, SourceFiles files, List<String> lines) throws IOException {
    long aligned = 0;
    List<Work> some = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      read(files, lines.get(i), list + ", line " + (i + 1) + ": ").ifPresent(some::add);
      if (i + 1 == lines.size() || files.areEnough(some.stream().map(Work::sound).toList())) {
        aligned += write(some, aligner);
        some.clear();
      }
    }
    return aligned;
  }

  private Optional<Work> read(SourceFiles files, String line, String place) {
    String[] columns = line.split("\t", -1);
    if (columns.length != 2) {
      console
          .err()
          .println(
              "seq4j: " + place + "expected FILE TAB TEXT, got " + columns.length + " columns");
      return Optional.empty();
    }
    return files
        .read(list.resolveSibling(columns[0]), place)
        .map(sound -> new Work(place, columns[0], columns[1], sound));
  }

  /** Aligns some texts, and returns the number of those that were aligned. */
  private int write(List<Work> some, Aligner aligner) throws IOException {
    List<Aligner.Result> results =
        aligner.align(
            some.stream().map(Work::sound).toList(), some.stream().map(Work::text).toList());
    int aligned = 0;
    for (int i = 0; i < results.size(); i++) {
      Work work = some.get(i);
      if (results.get(i) instanceof Aligner.Aligned found) {
        String line = TranscriptJson.of(work.file(), work.text(), found) + "\n";
        console.out().write(line.getBytes(StandardCharsets.UTF_8));
        aligned++;
      } else if (results.get(i) instanceof Aligner.Refused refused) {
        console.err().println("seq4j: " + work.place() + work.file() + ": " + refused.reason());
      }
    }
    console.out().flush();
    return aligned;
  }
}
