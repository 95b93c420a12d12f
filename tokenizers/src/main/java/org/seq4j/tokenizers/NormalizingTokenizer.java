package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;
import org.seq4j.tokenizers.TracedText.Rule;

/**
 * Normalizes punctuation like Moses' {@code normalize-punctuation.perl}: quotation marks and dashes
 * become ASCII ones, an ellipsis becomes three dots, special spaces are replaced. It is a step
 * before other tokenizers; its tokens are separated by spaces. Detokenization joins them with
 * spaces and does not undo the normalization.
 */
public final class NormalizingTokenizer implements Tokenizer {

  /** The configuration of the tokenizer {@code normalize}. */
  public record Config(
      @Key(
              doc =
                  "The two-letter code of the language: English puts a comma before a closing"
                      + " quotation mark, and some languages write a decimal comma.",
              defaultValue = "en")
          String language) {}

  private static final Rule ONE_SPACE = Rule.of(" +", " ");

  private static final List<Rule> COMMON =
      List.of(
          Rule.of("\r", ""),
          Rule.of("\\(", " ("),
          Rule.of("\\)", ") "),
          ONE_SPACE,
          Rule.of("\\) ([.!:?;,])", ")$1"),
          Rule.of("\\( ", "("),
          Rule.of(" \\)", ")"),
          Rule.of("(\\d) %", "$1%"),
          Rule.of(" :", ":"),
          Rule.of(" ;", ";"),
          Rule.of("`", "'"),
          Rule.of("''", " \" "),
          Rule.of("[\u201E\u201C\u201D]", "\""),
          Rule.of("\u2013", "-"),
          Rule.of("\u2014", " - "),
          ONE_SPACE,
          Rule.of("\u00B4", "'"),
          Rule.of("([a-zA-Z])\u2018([a-zA-Z])", "$1'$2"),
          Rule.of("([a-zA-Z])\u2019([a-zA-Z])", "$1'$2"),
          Rule.of("[\u2018\u201A\u2019]", "'"),
          Rule.of("''", "\""),
          Rule.of("\u2026", "..."),
          Rule.of("\u00A0\u00AB\u00A0", " \""),
          Rule.of("\u00AB\u00A0", "\""),
          Rule.of("\u00AB", "\""),
          Rule.of("\u00A0\u00BB\u00A0", "\" "),
          Rule.of("\u00A0\u00BB", "\""),
          Rule.of("\u00BB", "\""),
          Rule.of("\u00A0%", "%"),
          Rule.of("n\u00BA\u00A0", "n\u00BA "),
          Rule.of("\u00A0:", ":"),
          Rule.of("\u00A0\u00BAC", " \u00BAC"),
          Rule.of("\u00A0cm", " cm"),
          Rule.of("\u00A0\\?", "?"),
          Rule.of("\u00A0!", "!"),
          Rule.of("\u00A0;", ";"),
          Rule.of(",\u00A0", ", "),
          ONE_SPACE);

  private static final List<Rule> QUOTE_AFTER_COMMA = List.of(Rule.of("\"([,.]+)", "$1\""));

  private static final List<Rule> QUOTE_BEFORE_COMMA =
      List.of(Rule.of(",\"", "\","), Rule.of("(?<!\\.)(\\.++)\"(?=\\s*[^<]|$)", "\"$1"));

  private static final Rule COMMA_IN_NUMBERS = Rule.of("(\\d)\u00A0(\\d)", "$1,$2");
  private static final Rule POINT_IN_NUMBERS = Rule.of("(\\d)\u00A0(\\d)", "$1.$2");

  private final List<Rule> rules = new ArrayList<>(COMMON);

  /** Creates the tokenizer from its configuration. */
  public NormalizingTokenizer(Config config) {
    switch (config.language()) {
      case "en" -> rules.addAll(QUOTE_AFTER_COMMA);
      case "cs", "cz" -> {} // it has both
      default -> rules.addAll(QUOTE_BEFORE_COMMA);
    }
    rules.add(
        switch (config.language()) {
          case "de", "es", "cz", "cs", "fr" -> COMMA_IN_NUMBERS;
          default -> POINT_IN_NUMBERS;
        });
  }

  /** Normalizes the punctuation of a text; spaces at its ends are kept. */
  String normalize(String text) {
    return rewritten(text).text();
  }

  private TracedText rewritten(String text) {
    TracedText line = new TracedText(text);
    line.apply(rules);
    return line;
  }

  @Override
  public List<Token> tokenize(String text) {
    return rewritten(text).words();
  }

  @Override
  public String detokenize(List<String> tokens) {
    return String.join(" ", tokens);
  }
}
