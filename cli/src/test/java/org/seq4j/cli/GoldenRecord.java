package org.seq4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A file of what was, in sections that begin with "== " and a name. */
final class GoldenRecord {
  private static final String HEADING = "== ";

  private final Path file;

  /** A file in the folder {@code golden} of the test resources. */
  GoldenRecord(String name) {
    file = CommandRun.project("cli/src/test/resources/golden").resolve(name);
  }

  /** Whether the record is to be written, rather than compared with. */
  static boolean isWritten() {
    return Boolean.getBoolean("seq4j.golden.write");
  }

  /** The texts of the sections by their names, in order; of no file there are none. */
  Map<String, String> sections() throws IOException {
    if (!Files.exists(file)) {
      return Map.of();
    }
    Map<String, StringBuilder> sections = new LinkedHashMap<>();
    StringBuilder section = new StringBuilder();
    for (String line : Files.readString(file).split("\n", -1)) {
      if (line.startsWith(HEADING)) {
        section = new StringBuilder();
        sections.put(line.substring(HEADING.length()), section);
      } else {
        section.append(line).append('\n');
      }
    }
    return sections.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().toString().strip() + "\n",
                (one, other) -> one,
                LinkedHashMap::new));
  }

  /** Writes these sections anew, or behind the others; the others stay. */
  void put(Map<String, String> some) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(sections());
    all.putAll(some);
    write(all);
  }

  /** Writes these sections and no others. */
  void write(Map<String, String> sections) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        sections.entrySet().stream()
            .map(section -> HEADING + section.getKey() + "\n" + section.getValue().strip() + "\n")
            .collect(Collectors.joining("\n")));
  }
}
