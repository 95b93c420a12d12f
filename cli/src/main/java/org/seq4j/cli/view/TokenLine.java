package org.seq4j.cli.view;

import java.util.ArrayList;
import java.util.List;

/**
 * Tokens as a line of text, a space between each two. Nothing is escaped, so that the line is what
 * other tools write, and no token is empty, so that two spaces in a row tell of a token that begins
 * with one.
 */
public final class TokenLine {
  private TokenLine() {}

  public static String write(List<String> tokens) {
    return String.join(" ", tokens);
  }

  /** The way back; exact unless a token has a space elsewhere than at its beginning. */
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
