package org.seq4j.runtime.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.plugin.Key;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Splits a text into columns, and each column by its own tokenizer. A mark stands between the
 * tokens of two columns, so that a model knows where a column begins.
 *
 * <p>A text may have fewer columns. If it has more, the last tokenizer also gets the rest, with the
 * separators in it. A token of a column that equals the mark gets an apostrophe, so that marks
 * stand between columns only.
 */
public final class ColumnsTokenizer implements Tokenizer {

  /**
   * A column.
   *
   * @param tokenizer the tokenizers, each of which splits the output of the previous one
   */
  public record Column(
      @Key(
              doc =
                  "Tokenizer of the column, or a list of tokenizers, each of which splits the output of"
                      + " the previous one.",
              defaultValue = "whitespace")
          List<Component<Tokenizer>> tokenizer) {

    /** Checks that there is a tokenizer, and copies the list. */
    public Column {
      tokenizer = TokenizerSteps.checked(tokenizer);
    }
  }

  /** The keys of {@code columns}. */
  public record Config(
      @Key(
              doc = "Columns, in their order in the text. A text with fewer columns is allowed.",
              example = "[{tokenizer: characters}, {tokenizer: whitespace}]")
          List<Column> columns,
      @Key(
              doc = "Text between two columns; the same as the separator of the corpora.",
              defaultValue = "\"\\t\"")
          String separator,
      @Key(doc = "Token between the tokens of two columns.", defaultValue = "<sep>") String mark,
      @Key(
              doc =
                  "Whether each column after the first must have as many tokens as the first, or a"
                      + " single one, which belongs to all of them. A text in which one has another"
                      + " number is an error. The encoder factors needs it.",
              defaultValue = "false")
          boolean aligned) {

    /** Checks that there are columns, and copies the list. */
    public Config {
      columns = List.copyOf(columns);
      if (columns.isEmpty()) {
        throw new IllegalArgumentException("columns: expected at least one column, got none");
      }
      if (separator.isEmpty()) {
        throw new IllegalArgumentException("separator: expected a text between columns, got none");
      }
      if (mark.isEmpty() || mark.contains(" ")) {
        throw new IllegalArgumentException(
            "mark: expected a token without spaces, got '%s'".formatted(mark));
      }
    }
  }

  private static final String APOSTROPHE = "'";

  private final List<Tokenizer> columns;
  private final String separator;
  private final String mark;
  private final boolean aligned;

  /**
   * Creates the tokenizer and those of its columns.
   *
   * @throws IllegalArgumentException if the columns should be aligned, and one samples its tokens
   */
  public ColumnsTokenizer(Config config, ComponentContext context) {
    this.columns =
        config.columns().stream()
            .map(column -> TokenizerSteps.create(column.tokenizer(), context))
            .toList();
    this.separator = config.separator();
    this.mark = config.mark();
    this.aligned = config.aligned();
    if (aligned && isStochastic()) {
      throw new IllegalArgumentException(
          "aligned: the tokenizer of a column samples its tokens, so that their number varies:"
              + " remove its dropout, or remove aligned");
    }
  }

  @Override
  public List<Token> tokenize(String text) {
    return split(text, Tokenizer::tokenize);
  }

  @Override
  public List<Token> sampleTokenization(String text, long seed) {
    return split(text, (tokenizer, column) -> tokenizer.sampleTokenization(column, seed));
  }

  @Override
  public boolean isStochastic() {
    return columns.stream().anyMatch(Tokenizer::isStochastic);
  }

  @Override
  public Optional<Columns> columns() {
    return Optional.of(new Columns(columns.size(), mark, aligned));
  }

  private List<Token> split(String text, BiFunction<Tokenizer, String, List<Token>> work) {
    List<Token> tokens = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < columns.size(); i++) {
      int next = i == columns.size() - 1 ? -1 : text.indexOf(separator, start);
      int end = next < 0 ? text.length() : next;
      for (Token token : work.apply(columns.get(i), text.substring(start, end))) {
        tokens.add(new Token(escaped(token.text()), start + token.start(), start + token.end()));
      }
      if (next < 0) {
        break;
      }
      start = next + separator.length();
      tokens.add(new Token(mark, next, start));
    }
    return tokens;
  }

  @Override
  public String detokenize(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    int start = 0;
    for (int i = 0; i < columns.size(); i++) {
      List<String> rest = tokens.subList(start, tokens.size());
      int next = i == columns.size() - 1 ? -1 : rest.indexOf(mark);
      List<String> column = next < 0 ? rest : rest.subList(0, next);
      text.append(columns.get(i).detokenize(column.stream().map(this::restored).toList()));
      if (next < 0) {
        break;
      }
      text.append(separator);
      start += next + 1;
    }
    return text.toString();
  }

  /** Adds an apostrophe to a token that is the mark, with or without apostrophes. */
  private String escaped(String token) {
    return isLikeMark(token) ? token + APOSTROPHE : token;
  }

  /** Undoes {@link #escaped}. */
  private String restored(String token) {
    return isLikeMark(token) && token.length() > mark.length()
        ? token.substring(0, token.length() - APOSTROPHE.length())
        : token;
  }

  private boolean isLikeMark(String token) {
    return token.startsWith(mark)
        && token.chars().skip(mark.length()).allMatch(it -> it == APOSTROPHE.charAt(0));
  }
}
