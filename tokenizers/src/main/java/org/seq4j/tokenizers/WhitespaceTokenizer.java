package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.List;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Splits text at white space, which is discarded, and joins tokens with one space. It suits text
 * that is already tokenized into words or phones.
 *
 * <p>White space is defined as in Python's {@code str.split()}: the characters of bidirectional
 * class WS, B or S and those of category Zs. That includes the no-break spaces U+00A0 and U+202F,
 * the line and paragraph separators, and the separators U+001C to U+001F, but not the zero width
 * space U+200B. The list is fixed here and does not change with the JDK.
 */
public final class WhitespaceTokenizer implements Tokenizer {

  @Override
  public List<Token> tokenize(String text) {
    List<Token> tokens = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isSpace(text.charAt(i))) {
        if (start < i) {
          tokens.add(new Token(text.substring(start, i), start, i));
        }
        start = i + 1;
      }
    }
    return tokens;
  }

  @Override
  public String detokenize(List<String> tokens) {
    return String.join(" ", tokens);
  }

  /** Returns true for white space; all of it is in the basic plane, so that code units suffice. */
  private static boolean isSpace(char unit) {
    return switch (unit) {
      case ' ', '\u0085', '\u00A0', '\u1680', '\u2028', '\u2029', '\u202F', '\u205F', '\u3000' ->
          true;
      default ->
          (unit >= '\u0009' && unit <= '\r')
              || (unit >= '\u001C' && unit <= '\u001F')
              || (unit >= '\u2000' && unit <= '\u200A');
    };
  }
}
