package org.seq4j.cli.command;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.InputOutput;
import org.seq4j.cli.io.TextFiles;
import org.seq4j.cli.option.ModelOptions;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.option.SearchOptions;
import org.seq4j.cli.view.CutSources;
import org.seq4j.cli.view.TextSoFar;
import org.seq4j.cli.view.TranslationFormat;
import org.seq4j.cli.view.UnknownTokens;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.codec.SequenceFormatException;
import org.seq4j.runtime.codec.TextCodec;
import org.seq4j.runtime.error.RequestException;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.translate.Translation;
import org.seq4j.runtime.translate.TranslationRequest;
import org.seq4j.runtime.translate.Translator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j translate}. */
@Command(
    name = "translate",
    description = "Puts lines of text through the model of a run: one line in, one line out.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  echo hello | seq4j translate runs/demo",
      "  seq4j translate runs/demo --input words.txt --output phonemes.txt --beam 10",
      "  seq4j translate runs/demo --n-best 3       NUMBER TAB SCORE TAB TEXT, best first",
      "  seq4j translate runs/demo --json --attention",
      "  seq4j translate runs/demo --json --stream",
      "  seq4j translate runs/demo --set 'search.rules.required=[K AE T]' --beam 20",
      "  seq4j translate runs/demo --set search.type=sampling --n-best 5",
      "",
      "Lines are answered in their order, and at once where they come slowly; a blank",
      "line gives a blank line. NUMBER is that of the input line. SCORE is the natural",
      "logarithm of the probability that the model gives to the text."
    })
public final class TranslateCommand implements Callable<Integer> {
  /** Enough for batches of similar lengths, few enough that answers come steadily. */
  private static final int CHUNK = 512;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;
  @Mixin private SearchOptions search;
  @Mixin private ModelOptions models;
  @Mixin private InputOutput files;

  @Parameters(paramLabel = "RUN", description = "The folder of a run, as runs/demo.")
  private Path run;

  @Option(
      names = "--n-best",
      paramLabel = "N",
      description =
          "Up to so many hypotheses for each line, whatever search.n_best is; by default the best.")
  private Optional<Integer> hypotheses = Optional.empty();

  @Option(names = "--json", description = "Write a JSON object for each line.")
  private boolean json;

  @Option(
      names = "--attention",
      description = "With --json: where the model looked for each token that it wrote.")
  private boolean attention;

  @Option(
      names = "--stream",
      description =
          "With --json: each line by itself, and before its answer an object with the best text so"
              + " far after every step. A beam may change its mind.")
  private boolean stream;

  @Option(
      names = "--alignment",
      description =
          "TEXT TAB ALIGNMENT: for each token of the answer the source token that most of the"
              + " attention was on, as 0-0 1-2.")
  private boolean alignment;

  @Option(
      names = "--lexicon",
      paramLabel = "FILE",
      description =
          "For search.unknown=copy: a source token, a tab, and what takes the place of an unknown"
              + " token that looks at it, a line each; what is not there is copied.")
  private Optional<Path> lexicon = Optional.empty();

  @Inject
  TranslateCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  @Override
  public Integer call() throws IOException {
    search
        .complaint(hypotheses)
        .or(() -> search.complaintOfNBest("give --n-best, which writes them, too"))
        .ifPresent(this::refuse);
    if (attention && !json) {
      refuse("--attention is a part of what --json writes: give both");
    }
    if (stream && !json) {
      refuse("--stream writes JSON objects: give --json, too");
    }
    if (alignment && (json || hypotheses.isPresent())) {
      refuse("--alignment is of the best answer as text; --json --attention tells it of all");
    }
    models.complaint().ifPresent(this::refuse);
    Map<String, String> words = lexicon.map(TranslateCommand::lexicon).orElse(Map.of());
    try (Translator model = models.load(run, plugins.registry())) {
      SearchConfig searching =
          search.of(run, plugins.registry(), Optional.of(hypotheses.orElse(1)), spec.commandLine());
      check(model, searching);
      if (alignment && !model.hasAttention()) {
        throw new CommandException(run + ": --alignment: the model has no attention");
      }
      Translator named = model.withLexicon(words);
      files.runValues(console, (values, out) -> translate(named, searching, values, out));
    }
    return ErrorReport.DONE;
  }

  /** Refuses options that would have no effect. */
  private void check(Translator model, SearchConfig searching) {
    if (!(model.target() instanceof TextCodec)) {
      Map<String, Boolean> given = new LinkedHashMap<>();
      given.put("--n-best", hypotheses.isPresent());
      given.put("--attention", attention);
      given.put("--stream", stream);
      given.put("--alignment", alignment);
      given.put("--lexicon", lexicon.isPresent());
      given.values().removeIf(it -> !it);
      given.keySet().stream()
          .findFirst()
          .ifPresent(
              option ->
                  refuse(
                      option + ": this model's targets are vectors, which are not searched for"));
    }
    if (lexicon.isPresent() && searching.unknown() != SearchConfig.Unknown.COPY) {
      refuse("--lexicon goes with --set search.unknown=copy");
    }
  }

  /** A source token, a tab, and what it is called in the target, a line each. */
  private static Map<String, String> lexicon(Path file) {
    Map<String, String> lexicon = new HashMap<>();
    int number = 0;
    for (String line : TextFiles.lines(file)) {
      String[] columns = line.split("\t", -1);
      number++;
      if (columns.length != 2 || columns[0].isEmpty()) {
        throw new CommandException(
            "%s, line %d: expected a source token, a tab and a target token"
                .formatted(file, number));
      }
      lexicon.put(columns[0], columns[1]);
    }
    return lexicon;
  }

  private void refuse(String message) {
    throw new ParameterException(spec.commandLine(), message);
  }

  private void translate(
      Translator model, SearchConfig searching, InputOutput.Values values, OutputStream out)
      throws IOException {
    TranslationFormat format =
        json
            ? TranslationFormat.json(attention)
            : hypotheses.isPresent()
                ? TranslationFormat.list()
                : alignment ? TranslationFormat.aligned() : TranslationFormat.text();
    CutSources cut = new CutSources(model.source().maxLength());
    UnknownTokens unknown = new UnknownTokens(model.source());
    long number = 0;
    for (List<ExampleValue> given = values.next(CHUNK);
        !given.isEmpty();
        given = values.next(CHUNK)) {
      List<ExampleValue> chunk = read(model, given, number);
      // where the text so far is written, an answer has to follow it before the next is begun
      int together = stream ? 1 : chunk.size();
      for (int from = 0; from < chunk.size(); from += together) {
        List<ExampleValue> sources = chunk.subList(from, from + together);
        for (Translation translation : translate(model, sources, searching, out)) {
          unknown.count(translation.sourceTokenTexts());
          cut.count(translation);
          String text = format.format(++number, translation);
          out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
      }
    }
    cut.warning().ifPresent(console.err()::println);
    unknown.warning().ifPresent(console.err()::println);
  }

  /** Lines before a wrong one are answered if they came in an earlier chunk. */
  private List<ExampleValue> read(Translator model, List<ExampleValue> lines, long before) {
    List<ExampleValue> read = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        read.add(model.source().read(lines.get(i)));
      } catch (SequenceFormatException e) {
        throw new CommandException(
            "%s, line %d: %s".formatted(files.inputName(), before + i + 1, e.getMessage()), e);
      }
    }
    return read;
  }

  private List<Translation> translate(
      Translator model, List<ExampleValue> sources, SearchConfig searching, OutputStream out)
      throws IOException {
    TextSoFar soFar = new TextSoFar(out);
    List<TranslationRequest> requests = new ArrayList<>();
    for (ExampleValue source : sources) {
      requests.add(
          new TranslationRequest(
              source,
              searching,
              attention || alignment,
              requests.size(),
              stream ? Optional.of(soFar) : Optional.empty()));
    }
    try {
      List<Translation> translations = model.translateAll(requests);
      soFar.check();
      return translations;
    } catch (IllegalStateException | RequestException | ComponentException e) {
      // the model gives no numbers, or cannot do what the search asks for
      throw new CommandException(run + ": " + e.getMessage(), e);
    }
  }
}
