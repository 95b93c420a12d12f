package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Converts text to lower case, character by character, like Moses' {@code lowercase.perl}. It is a
 * step before other tokenizers; its tokens are separated by spaces. Detokenization does not restore
 * upper case.
 */
public final class LowercaseTokenizer implements Tokenizer {

  @Override
  public List<Token> tokenize(String text) {
    List<Token> tokens = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    int start = 0;
    for (int i = 0; i <= text.length(); ) {
      int c = i == text.length() ? ' ' : text.codePointAt(i);
      if (c == ' ') {
        if (!word.isEmpty()) {
          tokens.add(new Token(word.toString(), start, i));
        }
        word.setLength(0);
        start = i + 1;
      } else {
        word.append(lower(c));
      }
      i += Character.charCount(c);
    }
    return tokens;
  }

  /**
   * Converts a character regardless of its context, unlike Java, which distinguishes forms of the
   * Greek sigma.
   */
  private static String lower(int character) {
    return Character.toString(character).toLowerCase(Locale.ROOT);
  }

  /** Converts a word to lower case. */
  static String of(String word) {
    StringBuilder lower = new StringBuilder(word.length());
    word.codePoints().forEach(c -> lower.append(lower(c)));
    return lower.toString();
  }

  @Override
  public String detokenize(List<String> tokens) {
    return String.join(" ", tokens);
  }
}
