package org.seq4j.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.seq4j.cli.io.CommandException;
import org.seq4j.cli.io.Console;
import org.seq4j.cli.io.ErrorReport;
import org.seq4j.cli.io.InputOutput;
import org.seq4j.cli.io.LineIterator;
import org.seq4j.cli.io.TextLines;
import org.seq4j.cli.option.Plugins;
import org.seq4j.cli.option.TokenizerChoice;
import org.seq4j.cli.view.TokenLine;
import org.seq4j.cli.view.TokenizerStatistics;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.core.text.TokenizerTrainer;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.trainer.data.corpus.TextFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code seq4j tokenizer}. */
@Command(
    name = "tokenizer",
    description = "Trains tokenizers; tokenizes and detokenizes text.",
    synopsisSubcommandLabel = "(train | encode | decode | inspect)",
    footerHeading = "%nExamples:%n",
    footer = {
      "  seq4j tokenizer train bpe --set merges=8000 --output codes.bpe train.txt",
      "  seq4j tokenizer encode '[moses, {type: bpe, codes: codes.bpe}]' --input test.en",
      "  seq4j tokenizer encode --run runs/demo --side target --input phonemes.txt",
      "  seq4j tokenizer inspect characters --input test.en",
      "",
      "Tokenizers: seq4j plugins list. Their keys: seq4j plugins describe tokenizer bpe."
    })
public final class TokenizerCommand {
  /** Lines per chunk; those of a chunk are tokenized in parallel. */
  private static final int CHUNK = 20_000;

  private final Console console;
  private final Plugins plugins;

  @Spec private CommandSpec spec;

  @Inject
  TokenizerCommand(Console console, Plugins plugins) {
    this.console = console;
    this.plugins = plugins;
  }

  /** A config that contains only a trainer. */
  record Trainer(@Key(doc = "A trainer of tokenizers.") Component<TokenizerTrainer> trainer) {}

  @Command(
      name = "train",
      description = "Trains a tokenizer on text, and writes its model file.",
      footerHeading = "%nExample:%n",
      footer = "  seq4j tokenizer train bpe --set merges=8000 --output codes.bpe train.txt")
  int train(
      @Parameters(
              index = "0",
              paramLabel = "NAME",
              description = "Name of a tokenizer-trainer in seq4j plugins list: bpe.")
          String name,
      @Parameters(
              index = "1..*",
              arity = "0..*",
              paramLabel = "FILE",
              description =
                  "Training text, one sequence per line; may be compressed. Default: stdin.")
          List<Path> inputs,
      @Option(
              names = "--output",
              required = true,
              paramLabel = "FILE",
              description = "Output file; it appears once it is complete.")
          Path output,
      @Option(
              names = "--set",
              paramLabel = "KEY=VALUE",
              description =
                  "Set a key of the trainer; seq4j plugins describe tokenizer-trainer NAME lists"
                      + " them. Repeatable.")
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
    TokenizerTrainer made = trainer.create(new ComponentContext(Path.of("").toAbsolutePath()));
    List<Path> files = inputs == null ? List.of() : inputs;
    try {
      AtomicFiles.write(
          output,
          out -> {
            if (files.isEmpty()) {
              made.train(new LineIterator(new TextLines(console.in(), "stdin"), CHUNK), out);
            } else {
              try (TextFile.LineIterator lines = TextFile.lines(files)) {
                made.train(lines, out);
              }
            }
          });
    } catch (IllegalArgumentException e) { // its message is for users
      String names =
          files.isEmpty() ? "stdin" : files.stream().map(Path::toString).collect(joining(", "));
      throw new CommandException(names + ": " + e.getMessage(), e);
    }
    console.out().println(output);
    return ErrorReport.DONE;
  }

  @Command(
      name = "encode",
      description = "Tokenizes each line, and writes its tokens separated by spaces.",
      footerHeading = "%nExample:%n",
      footer = "  echo 'Hello, world' | seq4j tokenizer encode moses --json")
  int encode(
      @Mixin TokenizerChoice choice,
      @Mixin InputOutput files,
      @Option(
              names = "--json",
              description =
                  "Write a JSON array for each line: tokens with their start and end offsets.")
          boolean json)
      throws IOException {
    Tokenizer tokenizer = choice.create(spec.subcommands().get("encode"), plugins);
    return eachLine(
        files,
        line -> json ? json(tokenizer.tokenize(line)) : TokenLine.write(tokenizer.tokens(line)));
  }

  private static String json(List<Token> tokens) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Token token : tokens) {
      ObjectNode object = array.addObject();
      object.put("token", token.text()).put("start", token.start()).put("end", token.end());
    }
    return array.toString();
  }

  @Command(
      name = "decode",
      description = "Detokenizes lines of tokens, separated by spaces as encode writes them.",
      footerHeading = "%nExample:%n",
      footer = "  echo 'Hello , world' | seq4j tokenizer decode moses")
  int decode(@Mixin TokenizerChoice choice, @Mixin InputOutput files) throws IOException {
    Tokenizer tokenizer = choice.create(spec.subcommands().get("decode"), plugins);
    return eachLine(files, line -> tokenizer.detokenize(TokenLine.read(line)));
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
      description = "Prints statistics of the tokens of a text: counts, lengths, examples.",
      footerHeading = "%nExample:%n",
      footer = "  seq4j tokenizer inspect moses --input test.en")
  int inspect(@Mixin TokenizerChoice choice, @Mixin InputOutput files) throws IOException {
    Tokenizer tokenizer = choice.create(spec.subcommands().get("inspect"), plugins);
    TokenizerStatistics statistics = new TokenizerStatistics(tokenizer);
    files.run(
        console,
        (lines, out) -> {
          InputOutput.forEachChunk(lines, CHUNK, statistics::add);
          out.write(String.join("\n", statistics.report()).concat("\n").getBytes(UTF_8));
        });
    return ErrorReport.DONE;
  }
}
