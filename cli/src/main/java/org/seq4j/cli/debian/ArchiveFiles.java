package org.seq4j.cli.debian;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of an archive from which corpora are made.
 *
 * @param suite name of the suite; empty if the files do not tell
 * @param release its InRelease file, if it is there
 * @param packages its lists of packages, one for each architecture
 * @param translations its descriptions by language, {@code en} among them
 */
record ArchiveFiles(
    String suite, Optional<Path> release, List<Path> packages, Map<String, Path> translations) {

  /** Extensions of the files, the most compact one first. */
  static final List<String> EXTENSIONS = List.of(".xz", ".bz2", ".zst", ".gz", ".lz4", "");

  /** Copies the collections. */
  ArchiveFiles {
    packages = List.copyOf(packages);
    translations = Map.copyOf(translations);
  }
}
