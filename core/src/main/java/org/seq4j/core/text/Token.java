package org.seq4j.core.text;

import java.util.Locale;

/**
 * A token and its range in the raw text. The tokens of a text are in text order and do not overlap.
 * A token without a counterpart in the text, such as a marker, has an empty range.
 *
 * @param text text of the token, not empty; it may differ from the raw text in its range
 * @param start index of its first UTF-16 code unit in the raw text
 * @param end index after its last code unit
 */
public record Token(String text, int start, int end) {

  /**
   * Checks text and range.
   *
   * @throws IllegalArgumentException if the text is empty, or the range is negative
   */
  public Token {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the token at offset " + start + " of the text is empty");
    }
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "token '%s' has the invalid range %d to %d", text, start, end));
    }
  }
}
