package org.seq4j.cli.debian;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A description of a package: each run of white space is one space.
 *
 * @param synopsis its first line; may be empty
 * @param paragraphs its other lines, cut at the lines of a single dot
 */
record Description(String synopsis, List<String> paragraphs) {
  // Unicode's white space: translators write no-break spaces.
  private static final Pattern SPACE = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern DOT =
      Pattern.compile("\\s*\\.\\s*", Pattern.UNICODE_CHARACTER_CLASS);

  /** Returns the description in a field; empty if the field is missing. */
  static Optional<Description> of(Stanza stanza, String field) {
    if (!stanza.fields().containsKey(field)) {
      return Optional.empty();
    }
    List<String> paragraphs = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (String line : stanza.continuation(field)) {
      if (!DOT.matcher(line).matches()) {
        lines.add(line);
      } else if (!lines.isEmpty()) {
        paragraphs.add(plain(String.join(" ", lines)));
        lines.clear();
      }
    }
    if (!lines.isEmpty()) {
      paragraphs.add(plain(String.join(" ", lines)));
    }
    return Optional.of(new Description(plain(stanza.value(field).orElse("")), paragraphs));
  }

  private static String plain(String text) {
    return SPACE.matcher(text).replaceAll(" ").strip();
  }

  /** Returns all paragraphs in one line. */
  String text() {
    return String.join(" ", paragraphs);
  }
}
