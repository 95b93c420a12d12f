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
import java.util.Locale;
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
import org.seq4j.cli.view.DeadEnds;
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
    aliases = "generate",
    description =
        "Translates lines of text with the model of a run, one output line per input line.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  echo hello | seq4j translate runs/demo",
      "  seq4j translate runs/demo --input words.txt --output phonemes.txt --beam 10",
      "  seq4j translate runs/demo --n-best 3    NUMBER TAB SCORE TAB TEXT, best first",
      "  seq4j translate runs/demo --json --attention",
      "  seq4j translate runs/demo --json --stream",
      "  seq4j translate runs/demo --set 'search.rules.required=[K AE T]' --beam 20",
      "  seq4j translate runs/demo --set search.type=sampling --n-best 5",
      "",
      "Outputs have the order of the input lines; lines that arrive slowly are translated at once."
          + " A"
          + " blank line gives a blank line. NUMBER is the number of the input line. SCORE is the"
          + " natural logarithm of the model's probability of the text."
    })
public final class TranslateCommand implements Callable<Integer> {
  /** Large enough for batches of similar lengths, small enough for steady output. */
  private static final int CHUNK = 512;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;
  @Mixin private SearchOptions search;
  @Mixin private ModelOptions models;
  @Mixin private InputOutput files;

  @Parameters(paramLabel = "RUN", description = "Folder of a run, for example runs/demo.")
  private Path run;

  @Option(
      names = "--n-best",
      paramLabel = "N",
      description =
          "Write up to N hypotheses for each line, whatever search.n_best is. By default only the"
              + " best.")
  private Optional<Integer> hypotheses = Optional.empty();

  @Option(names = "--json", description = "Write a JSON object for each line.")
  private boolean json;

  @Option(
      names = "--attention",
      description = "With --json: include the attention weights of each output token.")
  private boolean attention;

  @Option(
      names = "--stream",
      description =
          "With --json: translate line by line, and write an object with the best text so far after"
              + " each step of the search, before the result. With a beam, that text may change.")
  private boolean stream;

  @Option(
      names = "--alignment",
      description =
          "Write TEXT TAB ALIGNMENT, such as 0-0 1-2: for each output token the source token with"
              + " the"
              + " largest attention weight, as SOURCE-TARGET.")
  private boolean alignment;

  @Option(
      names = "--lexicon",
      paramLabel = "FILE",
      description =
          "With search.unknown=copy: a dictionary with a source token, a tab and a target token on"
              + " each"
              + " line. An unknown output token becomes the entry of the source token it attends"
              + " to;"
              + " source tokens without an entry are copied.")
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
        .or(() -> search.complaintOfNBest("use --n-best instead, which also writes them"))
        .ifPresent(this::refuse);
    if (attention && !json) {
      refuse("--attention requires --json");
    }
    if (stream && !json) {
      refuse("--stream requires --json");
    }
    if (alignment && (json || hypotheses.isPresent())) {
      refuse(
          "--alignment writes only the best hypothesis, as text; for all of them use --json"
              + " --attention");
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
      model.warnings(searching).forEach(line -> console.err().println("warning: " + line));
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
                  refuse(option + ": this model's targets are vectors, which need no search"));
    }
    if (lexicon.isPresent() && searching.unknown() != SearchConfig.Unknown.COPY) {
      refuse("--lexicon requires --set search.unknown=copy");
    }
  }

  /** Reads a dictionary: a source token, a tab and a target token on each line. */
  private static Map<String, String> lexicon(Path file) {
    Map<String, String> lexicon = new HashMap<>();
    int number = 0;
    for (String line : TextFiles.lines(file)) {
      String[] columns = line.split("\t", -1);
      number++;
      if (columns.length != 2 || columns[0].isEmpty()) {
        throw new CommandException(
            String.format(
                Locale.ROOT,
                "%s, line %d: expected a source token, a tab and a target token",
                file,
                number));
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
            ? TranslationFormat.json(model.source(), attention)
            : hypotheses.isPresent()
                ? TranslationFormat.list()
                : alignment ? TranslationFormat.aligned() : TranslationFormat.text();
    CutSources cut = new CutSources(model.source().maxLength());
    UnknownTokens unknown = new UnknownTokens(model.source());
    DeadEnds deadEnds = new DeadEnds();
    long number = 0;
    for (List<ExampleValue> given = values.next(CHUNK);
        !given.isEmpty();
        given = values.next(CHUNK)) {
      List<ExampleValue> chunk = read(model, given, number);
      // when streaming, the result of a line must follow before the next line is begun
      int together = stream ? 1 : chunk.size();
      for (int from = 0; from < chunk.size(); from += together) {
        List<ExampleValue> sources = chunk.subList(from, from + together);
        for (Translation translation : translate(model, sources, number, searching, out)) {
          unknown.count(translation.sourceTokenTexts());
          cut.count(translation);
          deadEnds.count(translation);
          String text = format.format(++number, translation);
          out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        out.flush();
      }
    }
    cut.warning().ifPresent(console.err()::println);
    unknown.warning().ifPresent(console.err()::println);
    deadEnds.warning().ifPresent(console.err()::println);
  }

  /** Parses a chunk; if a line is invalid, only earlier chunks have been translated. */
  private List<ExampleValue> read(Translator model, List<ExampleValue> lines, long before) {
    List<ExampleValue> read = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      try {
        read.add(model.source().read(lines.get(i)));
      } catch (SequenceFormatException e) {
        throw new CommandException(
            String.format(
                Locale.ROOT, "%s, line %d: %s", files.inputName(), before + i + 1, e.getMessage()),
            e);
      }
    }
    return read;
  }

  /**
   * Translates some sources.
   *
   * @param before number of the sources before them: the place of a line is its seed of sampling
   */
  private List<Translation> translate(
      Translator model,
      List<ExampleValue> sources,
      long before,
      SearchConfig searching,
      OutputStream out)
      throws IOException {
    TextSoFar soFar = new TextSoFar(out);
    List<TranslationRequest> requests = new ArrayList<>();
    for (ExampleValue source : sources) {
      requests.add(
          new TranslationRequest(
              source,
              searching,
              attention || alignment,
              before + requests.size(),
              stream ? Optional.of(soFar) : Optional.empty()));
    }
    try {
      List<Translation> translations = model.translateAll(requests);
      soFar.check();
      return translations;
    } catch (IllegalStateException | RequestException | ComponentException e) {
      // the model outputs NaN, or does not support the search
      throw new CommandException(run + ": " + e.getMessage(), e);
    }
  }
}
