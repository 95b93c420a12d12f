package org.seq4j.ngram;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Pairs as words of an ARPA file, as Phonetisaurus writes them: {@code p|h}F}. No target is {@code
 * _}. Characters with a meaning there are {@code %} and two hexadecimal digits.
 */
final class PairText {
  private static final String NO_TARGET = "_";
  private static final String RESERVED = "%|}_<>";
  private static final int HEX = 16;

  private PairText() {}

  static String write(TokenPair pair) {
    return join(pair.source()) + "}" + (pair.target().isEmpty() ? NO_TARGET : join(pair.target()));
  }

  /**
   * Reads a pair.
   *
   * @throws IllegalArgumentException if the word is not a pair
   */
  static TokenPair read(String word) {
    int end = word.indexOf('}');
    if (end <= 0 || end == word.length() - 1) {
      throw new IllegalArgumentException("expected SOURCE}TARGET, got '" + word + "'");
    }
    String target = word.substring(end + 1);
    return new TokenPair(
        split(word.substring(0, end)), target.equals(NO_TARGET) ? List.of() : split(target));
  }

  private static String join(List<String> tokens) {
    return String.join("|", tokens.stream().map(PairText::escaped).toList());
  }

  private static List<String> split(String text) {
    List<String> tokens = new ArrayList<>();
    for (String token : text.split("\\|", -1)) {
      tokens.add(unescaped(token));
    }
    return tokens;
  }

  private static String escaped(String token) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      if (c <= ' ' || RESERVED.indexOf(c) >= 0) {
        text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static String unescaped(String text) {
    StringBuilder token = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '%') {
        token.append((char) Integer.parseInt(text.substring(i + 1, i + 3), HEX));
        i += 2;
      } else {
        token.append(text.charAt(i));
      }
    }
    return token.toString();
  }
}
