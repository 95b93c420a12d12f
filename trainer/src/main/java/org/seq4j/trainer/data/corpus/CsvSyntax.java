package org.seq4j.trainer.data.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.seq4j.core.data.BadExampleException;

/**
 * The syntax of rows of CSV (RFC 4180). A field that begins with a quote ends with one, and may
 * contain separators, line breaks and doubled quotes. In any other field a quote is a character as
 * others.
 *
 * @param separator the character between fields
 */
record CsvSyntax(char separator) {
  private static final char QUOTE = '"';

  /**
   * Returns true if a quoted field is open at the end of a line, so that the row continues on the
   * next line.
   *
   * @param open true if a quoted field is open at the start of the line
   */
  boolean isOpenAfter(String line, boolean open) {
    boolean quoted = open;
    boolean first = !open; // at the start of a field
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted) {
        if (c == QUOTE && isQuote(line, i + 1)) {
          i++;
        } else if (c == QUOTE) {
          quoted = false;
        }
        first = false;
      } else {
        quoted = first && c == QUOTE;
        first = c == separator;
      }
    }
    return quoted;
  }

  private static boolean isQuote(String text, int at) {
    return at < text.length() && text.charAt(at) == QUOTE;
  }

  /**
   * Returns the fields of a row. Line breaks in them become spaces, as each side of an example is
   * one line.
   *
   * @param row the lines of the row, joined by LF
   * @param place the location of the row, for messages
   * @throws BadExampleException if text follows the closing quote of a field
   */
  String[] fields(String row, Supplier<String> place) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder field = new StringBuilder();
      at = isQuote(row, at) ? quoted(row, at + 1, field) : plain(row, at, field);
      fields.add(field.toString());
      if (at >= row.length()) {
        return fields.toArray(String[]::new);
      }
      if (row.charAt(at) != separator) {
        throw new BadExampleException(
            place.get(),
            String.format(
                Locale.ROOT,
                "expected the separator '%s' or the end of the row after the quoted column %d, got '%s';"
                    + " write a quote inside quotes as two",
                separator,
                fields.size() - 1,
                row.charAt(at)));
      }
      at++;
    }
  }

  /** Appends a field without quotes; returns the index of its end. */
  private int plain(String row, int start, StringBuilder field) {
    int end = row.indexOf(separator, start);
    end = end < 0 ? row.length() : end;
    field.append(row, start, end);
    return end;
  }

  /** Appends a field up to its closing quote; returns the index after the quote. */
  private static int quoted(String row, int start, StringBuilder field) {
    int at = start;
    while (at < row.length()) {
      char c = row.charAt(at++);
      if (c == QUOTE && !isQuote(row, at)) {
        return at;
      }
      at += c == QUOTE ? 1 : 0;
      field.append(c == '\n' ? ' ' : c);
    }
    return at;
  }
}
