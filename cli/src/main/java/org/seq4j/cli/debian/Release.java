package org.seq4j.cli.debian;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.data.TextValue;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.trainer.data.corpus.DataException;

/**
 * The {@code InRelease} file of a suite: what it is, and the checksums of its files.
 *
 * @param about the fields that describe the suite, in the order of the file
 * @param files checksums by path, for example {@code main/i18n/Translation-it.bz2}
 */
record Release(Map<String, String> about, Map<String, Sum> files) {
  private static final List<String> ABOUT =
      List.of("Origin", "Suite", "Codename", "Version", "Date", "Components");
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64})\\s+(\\d{1,18})\\s+(\\S+)");

  /** The SHA-256 sum of a file and its size. */
  record Sum(String sha256, long bytes) {}

  /**
   * Reads a file.
   *
   * @throws DataException if it is malformed or has no checksums
   */
  static Release read(Path file) {
    try {
      return read(Files.newInputStream(file), file.toString());
    } catch (IOException e) {
      throw new DataException(AtomicFiles.unreadable(file, e), e);
    }
  }

  /**
   * Reads a file and closes it.
   *
   * @param name name of the file, for messages
   * @throws DataException if it is malformed or has no checksums
   */
  static Release read(InputStream in, String name) {
    try (ControlReader reader = new ControlReader(new TextValue.Lines(name, in))) {
      return of(
          reader
              .next()
              .orElseThrow(() -> new DataException(name + " is empty: expected an InRelease")),
          name);
    }
  }

  private static Release of(Stanza stanza, String name) {
    Map<String, String> about = new LinkedHashMap<>();
    ABOUT.forEach(field -> stanza.value(field).ifPresent(value -> about.put(field, value)));
    Map<String, Sum> files = new LinkedHashMap<>();
    for (String line : stanza.continuation("SHA256")) {
      Matcher sum = SUM.matcher(line.strip());
      if (!sum.matches()) {
        throw new DataException(
            "%s: SHA256: expected a checksum, a size and a path, got '%s'"
                .formatted(name, line.strip()));
      }
      files.put(sum.group(3), new Sum(sum.group(1), Long.parseLong(sum.group(2))));
    }
    if (files.isEmpty()) {
      throw new DataException(
          name + ": expected the InRelease file of a suite, with a field SHA256; found none");
    }
    return new Release(about, files);
  }

  /**
   * Returns the sums that a file may have: those of all files of its name in a component. A folder
   * that a user made may not tell the architecture.
   */
  Set<String> sums(String component, String fileName) {
    Set<String> sums = new TreeSet<>();
    files.forEach(
        (path, sum) -> {
          if (path.startsWith(component + "/") && path.endsWith("/" + fileName)) {
            sums.add(sum.sha256());
          }
        });
    return sums;
  }

  /** Returns the path of a file in the first of some forms that the suite has. */
  Optional<String> find(String path, List<String> extensions) {
    return extensions.stream().map(path::concat).filter(files::containsKey).findFirst();
  }
}
