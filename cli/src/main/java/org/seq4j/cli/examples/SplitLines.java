package org.seq4j.cli.examples;

import java.nio.file.Path;
import java.util.List;
import org.seq4j.runtime.io.AtomicFiles;

/** The lines of the three splits of a data set. */
public record SplitLines(List<String> train, List<String> dev, List<String> test) {

  /** Names of the files. */
  public static final List<String> FILES = List.of("train.tsv", "dev.tsv", "test.tsv");

  /**
   * Writes the files, each atomically.
   *
   * @throws org.seq4j.runtime.io.RunException if a file cannot be written
   */
  public void write(Path directory) {
    write(directory.resolve("train.tsv"), train);
    write(directory.resolve("dev.tsv"), dev);
    write(directory.resolve("test.tsv"), test);
  }

  private static void write(Path file, List<String> lines) {
    // LF on every system, so that the bytes are the same everywhere
    AtomicFiles.write(file, lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
  }
}
