package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Writes everything in lower case, character by character, as Moses' {@code lowercase.perl} does. A
 * step before others; what it gives is cut at spaces. There is no way back to capitals.
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

  /** Without regard to the characters around it, which matter to Java for the Greek sigma. */
  private static String lower(int character) {
    return Character.toString(character).toLowerCase(Locale.ROOT);
  }

  /** A word in lower case. */
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
