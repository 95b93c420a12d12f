package org.seq4j.runtime.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.seq4j.core.plugin.Component;
import org.seq4j.core.plugin.ComponentContext;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * A sequence of tokenizers. Each step splits the tokens of the previous one, joined by one space.
 * Detokenization reverses the steps: the last one joins its tokens to a text, which is split at
 * spaces for the step before. Tokens of all steps except the last must therefore contain no spaces.
 */
final class TokenizerSteps implements Tokenizer {
  private static final char SPACE = ' ';

  private final List<Tokenizer> steps;

  private TokenizerSteps(List<Tokenizer> steps) {
    this.steps = steps;
  }

  /**
   * Copies the tokenizers of a config.
   *
   * @throws IllegalArgumentException if there are none
   */
  static List<Component<Tokenizer>> checked(List<Component<Tokenizer>> steps) {
    if (steps.isEmpty()) {
      throw new IllegalArgumentException(
          "tokenizer: expected a tokenizer, or a list of them, got an empty list");
    }
    return List.copyOf(steps);
  }

  /** Creates the tokenizers of a config and combines them; a single one is returned unchanged. */
  static Tokenizer create(List<Component<Tokenizer>> components, ComponentContext context) {
    List<Tokenizer> steps = components.stream().map(step -> step.create(context)).toList();
    return steps.size() == 1 ? steps.get(0) : new TokenizerSteps(steps);
  }

  @Override
  public List<Token> tokenize(String text) {
    return cut(text, Tokenizer::tokenize);
  }

  @Override
  public List<Token> sampleTokenization(String text, long seed) {
    return cut(text, (step, line) -> step.sampleTokenization(line, seed));
  }

  @Override
  public boolean isStochastic() {
    return steps.stream().anyMatch(Tokenizer::isStochastic);
  }

  /** Returns the columns of the last step: a step after a mark might split it. */
  @Override
  public Optional<Columns> columns() {
    return steps.get(steps.size() - 1).columns();
  }

  private List<Token> cut(String text, BiFunction<Tokenizer, String, List<Token>> step) {
    List<Token> tokens = step.apply(steps.get(0), text);
    for (Tokenizer next : steps.subList(1, steps.size())) {
      JoinedTokens joined = new JoinedTokens(text, tokens);
      tokens = joined.inRaw(step.apply(next, joined.text()));
    }
    return tokens;
  }

  @Override
  public String detokenize(List<String> tokens) {
    List<String> left = tokens;
    for (int i = steps.size() - 1; i > 0; i--) {
      left = words(steps.get(i).detokenize(left));
    }
    return steps.get(0).detokenize(left);
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == SPACE) {
        if (start < i) {
          words.add(text.substring(start, i));
        }
        start = i + 1;
      }
    }
    return words;
  }

  /** The joined tokens of a step, with their offsets in the text before it. */
  private static final class JoinedTokens {
    private final String raw;
    private final List<Token> tokens;
    private final int[] starts; // start of each token in the joined text
    private final String text;

    JoinedTokens(String raw, List<Token> tokens) {
      this.raw = raw;
      this.tokens = tokens;
      starts = new int[tokens.size()];
      StringBuilder joined = new StringBuilder();
      for (int i = 0; i < starts.length; i++) {
        if (i > 0) {
          joined.append(SPACE);
        }
        starts[i] = joined.length();
        joined.append(tokens.get(i).text());
      }
      text = joined.toString();
    }

    String text() {
      return text;
    }

    List<Token> inRaw(List<Token> cut) {
      List<Token> placed = new ArrayList<>(cut.size());
      int at = 0; // index of the token that contains the position
      for (Token token : cut) {
        at = tokenAt(token.start(), at);
        int start = place(at, token.start());
        at = tokenAt(token.end(), at);
        placed.add(new Token(token.text(), start, Math.max(start, place(at, token.end()))));
      }
      return placed;
    }

    /** Returns the last token that begins at or before a position. */
    private int tokenAt(int place, int from) {
      int at = from;
      while (at + 1 < starts.length && starts[at + 1] <= place) {
        at++;
      }
      return at;
    }

    private int place(int at, int inText) {
      Token token = tokens.get(at);
      int length = token.text().length();
      int inside = Math.min(inText - starts[at], length); // the space counts as its end
      // If a step rewrote a token, a part of it corresponds to a proportional part of the raw text.
      int place = token.start() + (int) ((long) inside * (token.end() - token.start()) / length);
      boolean splitsPair =
          place > token.start()
              && place < token.end()
              && Character.isLowSurrogate(raw.charAt(place))
              && Character.isHighSurrogate(raw.charAt(place - 1));
      return splitsPair ? place - 1 : place;
    }
  }
}
