package org.seq4j.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.seq4j.runtime.model.ModelConfig;
import org.seq4j.runtime.run.TranslationConfig;
import org.seq4j.runtime.search.SearchConfig;
import org.seq4j.runtime.text.SequenceConfig;

/** Summary of a model, for {@code check} and {@code inspect}. */
public final class ModelSummary {
  private ModelSummary() {}

  /** Returns lines with a label and a value each. */
  public static List<String> lines(TranslationConfig config) {
    ModelConfig model = config.model();
    List<String> lines = new ArrayList<>();
    if (model.encoder().isPresent()) {
      lines.add(line("source", side(config.source())));
    }
    lines.add(line("target", side(config.target())));
    if (config.source().hasVocabulary() || config.target().hasVocabulary()) {
      lines.add(line("embedding", embedding(config)));
    }
    model.encoder().ifPresent(it -> lines.add(line("encoder", ComponentSummary.of(it))));
    lines.add(line("decoder", ComponentSummary.of(model.decoder())));
    if (!config.target().isVectors()) {
      lines.add(line("output", model.output().map(ComponentSummary::of).orElse("softmax")));
    }
    lines.add(line("search", search(config.search())));
    return lines;
  }

  private static String side(SequenceConfig side) {
    return side.isVectors()
        ? side.reader()
            .map(it -> "files read by " + it.type())
            .orElseGet(() -> "vectors of " + side.depth().orElseThrow())
        : side.tokenizer().stream().map(ComponentSummary::of).collect(Collectors.joining(", "));
  }

  private static String embedding(TranslationConfig config) {
    ModelConfig.EmbeddingConfig embedding = config.model().embedding();
    List<String> parts = new ArrayList<>();
    if (config.source().hasVocabulary()) {
      parts.add("source " + embedding.source().units());
    }
    if (!config.target().isVectors()) {
      parts.add("target " + embedding.target().units());
    }
    if (embedding.tie() != ModelConfig.Tie.NONE) {
      parts.add("tied: " + name(embedding.tie()));
    }
    return String.join(", ", parts);
  }

  /** Returns a line of a summary. */
  public static String line(String label, String value) {
    return "  %-10s %s".formatted(label, value);
  }

  private static String search(SearchConfig search) {
    return switch (search.type()) {
      case GREEDY -> "greedy";
      case BEAM -> "beam of " + search.size();
      case SAMPLING -> "sampling";
    };
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
