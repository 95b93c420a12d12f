package org.seq4j.cli.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Tokens as a line of text, separated by spaces. Nothing is escaped, for compatibility with other
 * tools. No token is empty, so two spaces in a row mean that a token begins with a space.
 */
public final class TokenLine {
  private TokenLine() {}

  public static String write(List<String> tokens) {
    return String.join(" ", tokens);
  }

  /** Splits a line into tokens; exact unless a token has a space after its beginning. */
  public static List<String> read(String line) {
    List<String> tokens = new ArrayList<>();
    String spaces = "";
    for (String field : line.isEmpty() ? List.<String>of() : List.of(line.split(" ", -1))) {
      if (!field.isEmpty()) {
        tokens.add(spaces + field);
        spaces = "";
      } else if (spaces.isEmpty()) {
        spaces = " ";
      } else { // the token is a space
        tokens.add(spaces);
        spaces = "";
      }
    }
    return tokens;
  }
}
