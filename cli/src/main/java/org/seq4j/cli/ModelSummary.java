package org.seq4j.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seq4j.core.model.ModelConfig;
import org.seq4j.core.run.TranslationConfig;
import org.seq4j.core.search.SearchConfig;

/** The lines that tell what a model is, for {@code check} and {@code inspect}. */
final class ModelSummary {
  private ModelSummary() {}

  /** Labels and values; a line each. */
  static List<String> lines(TranslationConfig config) {
    ModelConfig model = config.model();
    List<String> lines = new ArrayList<>();
    lines.add(line("source", ComponentSummary.of(config.source().tokenizer())));
    lines.add(line("target", ComponentSummary.of(config.target().tokenizer())));
    lines.add(
        line(
            "embedding",
            "source %d, target %d%s"
                .formatted(
                    model.embedding().source().units(),
                    model.embedding().target().units(),
                    model.embedding().tie() == ModelConfig.Tie.NONE
                        ? ""
                        : ", tied: " + name(model.embedding().tie()))));
    lines.add(line("encoder", ComponentSummary.of(model.encoder())));
    lines.add(line("decoder", ComponentSummary.of(model.decoder())));
    lines.add(line("output", ComponentSummary.of(model.output())));
    lines.add(line("search", search(config.search())));
    return lines;
  }

  /** A line of a summary. */
  static String line(String label, String value) {
    return "  %-10s %s".formatted(label, value);
  }

  private static String search(SearchConfig search) {
    return search.type() == SearchConfig.Type.GREEDY ? "greedy" : "beam of " + search.size();
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
