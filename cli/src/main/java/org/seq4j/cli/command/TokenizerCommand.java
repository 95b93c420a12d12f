package org.seq4j.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.InputOutput;
import org.seq4j.cli.io.TextLines;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.view.SymbolLine;
import org.seq4j.cli.view.TokenizerStatistics;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerTrainer;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.runtime.text.VocabularyConfig;
import org.seq4j.trainer.data.corpus.TextFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j tokenizer}. */
@Command(
    name = "tokenizer",
    description = "Trains tokenizers, and cuts and joins text with them.",
    synopsisSubcommandLabel = "(train | encode | decode | inspect)",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j tokenizer train bpe --set merges=8000 --output codes.bpe train.en train.de",
      "  seq4j tokenizer encode '[word, {type: bpe, codes: codes.bpe}]' --input test.en",
      "  seq4j tokenizer encode --run runs/demo | seq4j tokenizer decode --run runs/demo",
      "  seq4j tokenizer inspect characters --input test.en",
      "",
      "What there is: seq4j plugins list. Keys: seq4j plugins describe tokenizer bpe."
    })
public final class TokenizerCommand {
  /** So many lines are cut at a time, by all processors. */
  private static final int CHUNK = 20_000;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Inject
  TokenizerCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  /** Which tokenizer is meant. */
  static final class Choice {
    @Parameters(
        arity = "0..1",
        paramLabel = "TOKENIZER",
        description =
            "A tokenizer, or a list of them, as in a config file: characters, or"
                + " '[word, {type: bpe, codes: codes.bpe}]'.")
    private Optional<String> yaml = Optional.empty();

    @Option(names = "--run", paramLabel = "DIR", description = "The tokenizer of a run instead.")
    private Optional<Path> run = Optional.empty();

    @Option(
        names = "--side",
        paramLabel = "SIDE",
        description = "With --run: source (the default) or target.")
    private Side side = Side.SOURCE;
  }

  /** A side of a model. */
  enum Side {
    SOURCE,
    TARGET
  }

  /** A config file with a tokenizer alone. */
  record Tokenizers(@Key(doc = "A tokenizer, or a list.") List<Component<Tokenizer>> tokenizer) {}

  /** A config file with a trainer alone. */
  record Trainer(@Key(doc = "A trainer of tokenizers.") Component<TokenizerTrainer> trainer) {}

  @Command(
      name = "train",
      description = "Learns from text what a tokenizer needs a file for.",
      footerHeading = "%nExample:%n",
      footer = "  seq4j tokenizer train bpe --set merges=8000 --output codes.bpe train.en train.de")
  int train(
      @Parameters(
              index = "0",
              paramLabel = "NAME",
              description = "Of a trainer, as in plugins list: bpe.")
          String name,
      @Parameters(
              index = "1..*",
              arity = "0..*",
              paramLabel = "FILE",
              description = "Text, a sequence a line; it may be packed. Without any, stdin.")
          List<Path> inputs,
      @Option(
              names = "--output",
              required = true,
              paramLabel = "FILE",
              description = "What is learned; it appears when it is complete.")
          Path output,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description = "A key of the trainer, as plugins describe tokenizer-trainer shows.")
          List<String> settings)
      throws IOException {
    List<String> overrides = new ArrayList<>();
    Optional.ofNullable(settings)
        .ifPresent(all -> all.forEach(it -> overrides.add("trainer." + it)));
    ConfigReader reader = new ConfigReader(plugins.registry());
    Path place = Path.of("trainer");
    Component<TokenizerTrainer> trainer =
        reader
            .bind(reader.parse(place, "trainer: {type: '" + name + "'}", overrides), Trainer.class)
            .trainer();
    TokenizerTrainer made = trainer.create(here());
    List<Path> files = inputs == null ? List.of() : inputs;
    try {
      AtomicFiles.write(
          output,
          out -> {
            if (files.isEmpty()) {
              made.train(new Stdin(new TextLines(console.in(), "stdin")), out);
            } else {
              try (TextFile.LineIterator lines = TextFile.lines(files)) {
                made.train(lines, out);
              }
            }
          });
    } catch (IllegalArgumentException e) { // written for the user
      throw new CommandException(e.getMessage(), e);
    }
    console.out().println(output);
    return ErrorReport.DONE;
  }

  /** Lines as they come. */
  private static final class Stdin implements Iterator<String> {
    private final TextLines lines;
    private List<String> ready = List.of();
    private int next;

    Stdin(TextLines lines) {
      this.lines = lines;
    }

    @Override
    public boolean hasNext() {
      if (next == ready.size()) {
        ready = InputOutput.read(lines, CHUNK);
        next = 0;
      }
      return next < ready.size();
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.get(next++);
    }
  }

  @Command(
      name = "encode",
      description = "Cuts each line into symbols and writes them with a space between.",
      footerHeading = "%nExample:%n",
      footer = "  echo 'Hello, world' | seq4j tokenizer encode word --json")
  int encode(
      @Mixin Choice choice,
      @Mixin InputOutput files,
      @Option(
              names = "--json",
              description = "Write a JSON array for each line: symbols and where they stand in it.")
          boolean json)
      throws IOException {
    Tokenizer tokenizer = tokenizer(choice, "encode");
    return eachLine(
        files,
        line -> json ? json(tokenizer.tokenize(line)) : SymbolLine.write(tokenizer.tokens(line)));
  }

  private static String json(List<Token> tokens) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Token token : tokens) {
      ObjectNode object = array.addObject();
      object.put("symbol", token.text()).put("start", token.start()).put("end", token.end());
    }
    return array.toString();
  }

  @Command(
      name = "decode",
      description = "Joins symbols, as encode writes them, to text.",
      footerHeading = "%nExample:%n",
      footer = "  echo 'Hello , world' | seq4j tokenizer decode word")
  int decode(@Mixin Choice choice, @Mixin InputOutput files) throws IOException {
    Tokenizer tokenizer = tokenizer(choice, "decode");
    return eachLine(files, line -> tokenizer.detokenize(SymbolLine.read(line)));
  }

  private int eachLine(InputOutput files, Function<String, String> work) throws IOException {
    files.run(
        console,
        (lines, out) ->
            InputOutput.forEachChunk(
                lines,
                CHUNK,
                chunk -> {
                  StringBuilder text = new StringBuilder();
                  chunk.parallelStream()
                      .map(work)
                      .toList()
                      .forEach(it -> text.append(it).append('\n'));
                  out.write(text.toString().getBytes(UTF_8));
                  out.flush();
                }));
    return ErrorReport.DONE;
  }

  @Command(
      name = "inspect",
      description = "Tells what a tokenizer makes of text: how many symbols, how long, which.",
      footerHeading = "%nExample:%n",
      footer = "  seq4j tokenizer inspect word --input test.en")
  int inspect(@Mixin Choice choice, @Mixin InputOutput files) throws IOException {
    Tokenizer tokenizer = tokenizer(choice, "inspect");
    TokenizerStatistics statistics = new TokenizerStatistics(tokenizer);
    files.run(
        console,
        (lines, out) -> {
          InputOutput.forEachChunk(lines, CHUNK, statistics::add);
          out.write(String.join("\n", statistics.report()).concat("\n").getBytes(UTF_8));
        });
    return ErrorReport.DONE;
  }

  private Tokenizer tokenizer(Choice choice, String command) {
    if (choice.yaml.isPresent() == choice.run.isPresent()) {
      throw new ParameterException(
          spec.subcommands().get(command), "give either a tokenizer or --run");
    }
    if (choice.run.isPresent()) {
      RunDirectory run = new RunDirectory(choice.run.get());
      run.checkpoint();
      TranslationConfig config = LoadedRun.readConfig(run, plugins.registry());
      SequenceConfig side = choice.side == Side.SOURCE ? config.source() : config.target();
      if (side.isVectors()) {
        throw new CommandException(
            "%s: this side consists of vectors, which have no tokenizer".formatted(run.path()));
      }
      return side.createTokenizer(new ComponentContext(run.path()));
    }
    ConfigReader reader = new ConfigReader(plugins.registry());
    String yaml = "tokenizer: " + choice.yaml.get();
    List<Component<Tokenizer>> steps =
        reader
            .bind(reader.parse(Path.of("tokenizer"), yaml, List.of()), Tokenizers.class)
            .tokenizer();
    return new SequenceConfig(
            SequenceConfig.Type.TEXT,
            steps,
            VocabularyConfig.ALL,
            1,
            Optional.empty(),
            Optional.empty())
        .createTokenizer(here());
  }

  private static ComponentContext here() {
    return new ComponentContext(Path.of("").toAbsolutePath());
  }
}
