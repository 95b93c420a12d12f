package org.seq4j.cli.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Symbols as a line of text, a space between each two. Nothing is escaped, so that the line is what
 * other tools write, and no symbol is empty, so that two spaces in a row tell of a symbol that
 * begins with one.
 */
public final class SymbolLine {
  private SymbolLine() {}

  public static String write(List<String> symbols) {
    return String.join(" ", symbols);
  }

  /** The way back; exact unless a symbol has a space elsewhere than at its beginning. */
  public static List<String> read(String line) {
    List<String> symbols = new ArrayList<>();
    String spaces = "";
    for (String field : line.isEmpty() ? List.<String>of() : List.of(line.split(" ", -1))) {
      if (!field.isEmpty()) {
        symbols.add(spaces + field);
        spaces = "";
      } else if (spaces.isEmpty()) {
        spaces = " ";
      } else { // the symbol is a space
        symbols.add(spaces);
        spaces = "";
      }
    }
    return symbols;
  }
}
