package org.seq4j.runtime.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Several tokenizers as one. Each step cuts what the one before it gave, its tokens joined by one
 * space; the way back undoes the last step first and cuts its text at spaces for the one before. So
 * the tokens of all steps but the last hold no space.
 */
final class TokenizerSteps implements Tokenizer {
  private static final char SPACE = ' ';

  private final List<Tokenizer> steps;

  private TokenizerSteps(List<Tokenizer> steps) {
    this.steps = steps;
  }

  /** A single one is itself. */
  static Tokenizer of(List<Tokenizer> steps) {
    return steps.size() == 1 ? steps.get(0) : new TokenizerSteps(List.copyOf(steps));
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

  /** The tokens of a step as the text of the next, and the way back from places in it. */
  private static final class JoinedTokens {
    private final String raw;
    private final List<Token> tokens;
    private final int[] starts; // of each token in the text
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
      int at = 0; // the token that the place is in
      for (Token token : cut) {
        at = tokenAt(token.start(), at);
        int start = place(at, token.start());
        at = tokenAt(token.end(), at);
        placed.add(new Token(token.text(), start, Math.max(start, place(at, token.end()))));
      }
      return placed;
    }

    /** The last token that begins at a place or before it. */
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
      int inside = Math.min(inText - starts[at], length); // the space belongs to its end
      // Where a step rewrote a token, a part of it stands for a like part of the raw text.
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
