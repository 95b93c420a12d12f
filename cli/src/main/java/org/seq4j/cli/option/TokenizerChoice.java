package org.seq4j.cli.option;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.cli.io.CommandException;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.config.ConfigReader;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.run.LoadedRun;
import org.seq4j.runtime.run.RunDirectory;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.runtime.text.VocabularyConfig;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Options that select a tokenizer: configured on the command line, or of a run. */
public final class TokenizerChoice {
  @Parameters(
      arity = "0..1",
      paramLabel = "TOKENIZER",
      description =
          "Tokenizer, or list of tokenizers, as in a config file: characters, or"
              + " '[moses, {type: bpe, codes: codes.bpe}]'.")
  private Optional<String> yaml = Optional.empty();

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "Use the tokenizer of this run instead of TOKENIZER.")
  private Optional<Path> run = Optional.empty();

  @Option(
      names = "--side",
      paramLabel = "SIDE",
      description = "With --run: side of the model, source (default) or target.")
  private Side side = Side.SOURCE;

  /** A side of a model. */
  enum Side {
    SOURCE,
    TARGET
  }

  /** A config that contains only a tokenizer. */
  record Tokenizers(@Key(doc = "A tokenizer, or a list.") List<Component<Tokenizer>> tokenizer) {}

  /**
   * Creates the selected tokenizer.
   *
   * @param command the command line, for errors of usage
   * @throws ParameterException unless exactly one is selected
   */
  public Tokenizer create(CommandLine command, Plugins plugins) {
    if (yaml.isPresent() == run.isPresent()) {
      throw new ParameterException(command, "give either a tokenizer or --run");
    }
    return run.isPresent()
        ? ofRun(new RunDirectory(run.get()), plugins)
        : ofYaml(plugins.registry());
  }

  private Tokenizer ofRun(RunDirectory directory, Plugins plugins) {
    directory.checkpoint();
    TranslationConfig config = LoadedRun.readConfig(directory, plugins.registry());
    SequenceConfig sequence = side == Side.SOURCE ? config.source() : config.target();
    if (sequence.isVectors()) {
      throw new CommandException(
          "%s: this side consists of vectors, which have no tokenizer".formatted(directory.path()));
    }
    return sequence.createTokenizer(new ComponentContext(directory.path()));
  }

  private Tokenizer ofYaml(ComponentRegistry registry) {
    ConfigReader reader = new ConfigReader(registry);
    List<Component<Tokenizer>> steps =
        reader
            .bind(
                reader.parse(Path.of("tokenizer"), "tokenizer: " + yaml.get(), List.of()),
                Tokenizers.class)
            .tokenizer();
    return SequenceConfig.ofText(steps, VocabularyConfig.ALL, 1)
        .createTokenizer(new ComponentContext(Path.of("").toAbsolutePath()));
  }
}
