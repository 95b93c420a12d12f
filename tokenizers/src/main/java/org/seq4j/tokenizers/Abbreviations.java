package org.seq4j.tokenizers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Abbreviations: words that keep the full stop that follows them.
 *
 * @param always abbreviations in any context
 * @param beforeNumbers abbreviations only if a number follows
 */
record Abbreviations(Set<String> always, Set<String> beforeNumbers) {
  private static final Set<String> LANGUAGES = Set.of("en", "de", "fr");
  private static final String BEFORE_NUMBERS = "#NUMERIC_ONLY#";

  /** Returns the abbreviations of a language; English ones if it has none here, as in Moses. */
  static Abbreviations of(String language) {
    String name = "abbreviations." + (LANGUAGES.contains(language) ? language : "en") + ".txt";
    try (InputStream in = Abbreviations.class.getResourceAsStream(name)) {
      return of(new String(in.readAllBytes(), UTF_8).lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Abbreviations read(Path file) {
    return of(TextFiles.lines(file, "abbreviations, one per line"));
  }

  private static Abbreviations of(List<String> lines) {
    Set<String> always = new HashSet<>();
    Set<String> beforeNumbers = new HashSet<>();
    for (String line : lines) {
      int mark = line.indexOf(BEFORE_NUMBERS);
      if (mark >= 0) {
        beforeNumbers.add(line.substring(0, mark).strip());
      } else if (!line.isBlank() && !line.startsWith("#")) {
        always.add(line.strip());
      }
    }
    return new Abbreviations(Set.copyOf(always), Set.copyOf(beforeNumbers));
  }
}
