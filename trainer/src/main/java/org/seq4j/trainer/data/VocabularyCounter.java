package org.seq4j.trainer.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.text.CountedVocabulary;
import org.seq4j.runtime.text.SequenceConfig;
import org.seq4j.trainer.data.corpus.DataException;

/** Counts the tokens of training examples and builds the vocabularies of an experiment. */
public final class VocabularyCounter {
  private final Side source;
  private final Side target;

  VocabularyCounter(
      TranslationConfig config,
      ComponentContext context,
      Function<SequenceConfig, Tokenizer> tokenizers) {
    boolean shared = config.model().embedding().tie() == ModelConfig.Tie.ALL;
    source =
        new Side(shared ? "source and target" : "source", config.source(), context, tokenizers);
    target = new Side("target", config.target(), context, tokenizers);
    if (shared) {
      target.builder = source.builder;
      target.name = source.name;
    }
  }

  /**
   * Returns true if any vocabulary must be counted: none is where it is given by a file or the side
   * has none.
   */
  public boolean isNeeded() {
    return source.isCounted() || target.isCounted();
  }

  /** Returns notes on the vocabularies for users, once they have been built. */
  public List<String> notes() {
    return Stream.concat(source.notes.stream(), target.notes.stream()).distinct().toList();
  }

  /** Counts the tokens of an example. */
  public void add(Example example) {
    source.add(example.source());
    target.add(example.target());
  }

  /** Returns the counts of tokens: of both sides together if they share one vocabulary. */
  public List<Map<String, Long>> counts() {
    return builders().stream().map(CountedVocabulary.Builder::counts).toList();
  }

  /** Adds the counts of another counter of the same config. */
  public void add(List<Map<String, Long>> counts) {
    List<CountedVocabulary.Builder> builders = builders();
    for (int i = 0; i < builders.size(); i++) {
      builders.get(i).add(counts.get(i));
    }
  }

  private List<CountedVocabulary.Builder> builders() {
    return source.builder == target.builder
        ? List.of(source.builder)
        : List.of(source.builder, target.builder);
  }

  /**
   * Returns the source vocabulary; empty if the source consists of vectors.
   *
   * @throws DataException if the vocabulary is empty, or its file cannot be read
   */
  public Optional<CountedVocabulary> source() {
    return source.vocabulary();
  }

  /** Returns the target vocabulary; empty if the target consists of vectors. */
  public Optional<CountedVocabulary> target() {
    return target.vocabulary();
  }

  private static final class Side {
    private final SequenceConfig config;
    private final ComponentContext context;
    private final Optional<Tokenizer> tokenizer;
    private String name;
    private CountedVocabulary.Builder builder = CountedVocabulary.counting();
    private long lines;
    private final List<String> notes = new ArrayList<>();

    Side(
        String name,
        SequenceConfig config,
        ComponentContext context,
        Function<SequenceConfig, Tokenizer> tokenizers) {
      this.name = name;
      this.config = config;
      this.context = context;
      this.tokenizer = isCounted() ? Optional.of(tokenizers.apply(config)) : Optional.empty();
    }

    boolean isCounted() {
      return config.hasVocabulary() && config.vocabulary().file().isEmpty();
    }

    void add(ExampleValue value) {
      if (tokenizer.isEmpty()) {
        return;
      }
      String text = value.text();
      builder.add(tokenizer.get().tokens(text));
      if (tokenizer
          .get()
          .isStochastic()) { // the vocabulary needs tokens of sampled tokenizations, too
        builder.add(
            tokenizer.get().sampleTokenization(text, lines++).stream().map(Token::text).toList());
      }
    }

    Optional<CountedVocabulary> vocabulary() {
      if (!config.hasVocabulary()) {
        return Optional.empty();
      }
      Optional<Path> file = config.vocabulary().file();
      try {
        return Optional.of(
            file.isPresent() ? imported(file.get()) : builder.build(config.vocabulary()));
      } catch (IllegalArgumentException e) {
        throw new DataException(name + ": " + e.getMessage(), e);
      } catch (IOException e) {
        throw new DataException(e.getMessage(), e);
      }
    }

    private CountedVocabulary imported(Path named) throws IOException {
      Path file = context.directory().resolve(named);
      CountedVocabulary.Imported imported = CountedVocabulary.importFrom(file, config.vocabulary());
      if (!imported.omitted().isEmpty()) {
        notes.add(
            "%s: omitted, as special tokens of the config: %s (%s)"
                .formatted(
                    file,
                    Integer.toString(imported.omitted().size()),
                    String.join(" ", imported.omitted())));
      }
      return imported.vocabulary();
    }
  }
}
