package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.SourceFiles;
import org.seq4j.cli.option.CuttingOptions;
import org.seq4j.cli.option.ModelOptions;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.option.SearchOptions;
import org.seq4j.cli.view.CutSources;
import org.seq4j.cli.view.TranslationFormat;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.codec.FileCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.transcribe.Transcriber;
import org.seq4j.runtime.transcribe.Transcript;
import org.seq4j.runtime.translate.Translator;
import org.seq4j.serve.TranscriptJson;
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
      "  seq4j transcribe runs/speech meeting.wav --json",
      "",
      "The text of a single file is written alone; those of several, each after the file's name and"
          + " a tab, in the order of the files. A file that cannot be read is reported, and the"
          + " others are written; the exit status is then 1."
    })
public final class TranscribeCommand implements Callable<Integer> {
  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;
  @Mixin private SearchOptions search;
  @Mixin private ModelOptions models;
  @Mixin private CuttingOptions cutting;

  @Parameters(index = "0", paramLabel = "RUN", description = "Folder of a run: runs/speech.")
  private Path run;

  @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "Files to read.")
  private List<Path> files;

  @Option(
      names = "--json",
      description =
          "Write a JSON object for each file, with the times of words in seconds, and the parts of"
              + " long sounds.")
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
        .or(models::complaintOfNgram)
        .ifPresent(
            message -> {
              throw new ParameterException(spec.commandLine(), message);
            });
    try (Translator model = models.load(run, plugins.registry())) {
      ModelOptions.checkSource(run, model, "transcribe");
      if (!(model.source() instanceof FileCodec codec)) {
        throw new CommandException(
            run + ": the sources of this model are not files: use seq4j translate");
      }
      SearchConfig searching =
          search.of(run, plugins.registry(), Optional.of(1), spec.commandLine());
      model.warnings(searching).forEach(line -> console.err().println("warning: " + line));
      return transcribe(model, codec, searching);
    }
  }

  private int transcribe(Translator model, FileCodec codec, SearchConfig searching)
      throws IOException {
    Transcriber transcriber = cutting.apply(it -> Transcriber.of(model, it), spec.commandLine());
    SourceFiles reader = new SourceFiles(console, codec);
    int failed = 0;
    long truncated = 0;
    List<Path> names = new ArrayList<>();
    List<VectorsValue> values = new ArrayList<>();
    for (Path file : files) {
      Optional<VectorsValue> value = reader.read(file, "");
      failed += value.isPresent() ? 0 : 1;
      if (value.isPresent()) {
        names.add(file);
        values.add(value.get());
      }
      boolean last = file == files.get(files.size() - 1);
      if (last || reader.areEnough(values)) {
        List<Transcript> transcripts = transcripts(transcriber, values, model, searching);
        truncated += transcripts.stream().filter(Transcript::cut).count();
        write(names, transcripts);
        names.clear();
        values.clear();
      }
    }
    CutSources.warning(truncated, files.size() - failed, codec.maxLength())
        .ifPresent(console.err()::println);
    return failed == 0 ? ErrorReport.DONE : ErrorReport.FAILED;
  }

  private void write(List<Path> names, List<Transcript> transcripts) throws IOException {
    for (int i = 0; i < names.size(); i++) {
      Transcript transcript = transcripts.get(i);
      String file = names.get(i).toString();
      transcript
          .warning()
          .ifPresent(warning -> console.err().println("warning: " + file + ": " + warning));
      String line =
          json
              ? TranscriptJson.of(file, transcript).toString()
              : (files.size() > 1 ? file + "\t" : "") + TranslationFormat.line(transcript.text());
      console.out().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
    console.out().flush();
  }

  private List<Transcript> transcripts(
      Transcriber transcriber,
      List<VectorsValue> values,
      Translator model,
      SearchConfig searching) {
    try {
      return transcriber.transcribe(
          values, json, sources -> model.translateAll(sources, searching, json));
    } catch (IllegalStateException | RequestException | ComponentException e) {
      // the model outputs NaN, or does not support the search
      throw new CommandException(run + ": " + e.getMessage(), e);
    }
  }
}
