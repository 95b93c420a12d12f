package org.seq4j.runtime.config;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides environment variables from the YAML parser, to which the braces of <code>${NAME}</code>
 * inside <code>{ }</code> would be maps. Each ASCII character of a variable that is not a letter or
 * a digit is replaced by one of a private range that the text does not use, so that locations stay
 * the same.
 *
 * @param offset distance of the private range; 0 to replace nothing
 */
record VariableMask(char offset) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Za-z_][^}\\r\\n\"'\\\\]*\\}");
  private static final char ASCII = 128;
  private static final char FIRST_PRIVATE = '\uE000';
  private static final char LAST_PRIVATE = '\uF8FF';

  /** Chooses a range that the text does not use. */
  static VariableMask of(String text) {
    if (EnvironmentVariables.in(text)) {
      for (char from = FIRST_PRIVATE; from + ASCII <= LAST_PRIVATE; from += ASCII) {
        char begin = from;
        if (text.chars().noneMatch(it -> it >= begin && it < begin + ASCII)) {
          return new VariableMask(begin);
        }
      }
    }
    return new VariableMask((char) 0);
  }

  String masked(String text) {
    return offset == 0 ? text : VARIABLE.matcher(text).replaceAll(this::hidden);
  }

  private String hidden(MatchResult variable) {
    StringBuilder hidden = new StringBuilder(variable.group());
    for (int i = 0; i < hidden.length(); i++) {
      char letter = hidden.charAt(i);
      if (letter < ASCII && !Character.isLetterOrDigit(letter)) {
        hidden.setCharAt(i, (char) (letter + offset));
      }
    }
    return Matcher.quoteReplacement(hidden.toString());
  }

  String unmasked(String text) {
    if (offset == 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text);
    for (int i = 0; i < shown.length(); i++) {
      char letter = shown.charAt(i);
      if (letter >= offset && letter < offset + ASCII) {
        shown.setCharAt(i, (char) (letter - offset));
      }
    }
    return shown.toString();
  }
}
