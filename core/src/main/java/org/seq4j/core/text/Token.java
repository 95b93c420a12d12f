package org.seq4j.core.text;

/**
 * A symbol of a sequence and where it stands in the text that it came from. The tokens of a text
 * are in its order and do not overlap; one that stands for nothing in it (a marker) has an empty
 * range.
 *
 * @param text the symbol, not empty; it may differ from the text in its range
 * @param start index of its first UTF-16 unit in the raw text
 * @param end index after its last one
 */
public record Token(String text, int start, int end) {

  /** Checks that there is a symbol and that the range is one. */
  public Token {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("An empty symbol at " + start + " of a text");
    }
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "The range of '%s' in its text is %d to %d".formatted(text, start, end));
    }
  }
}
