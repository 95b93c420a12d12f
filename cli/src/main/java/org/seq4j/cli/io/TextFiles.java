package org.seq4j.cli.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.seq4j.trainer.data.corpus.TextFile;

/** Reads text files that users name on the command line. */
public final class TextFiles {
  private TextFiles() {}

  /**
   * Returns all lines of a file.
   *
   * @throws org.seq4j.trainer.data.corpus.DataException if it cannot be read
   */
  public static List<String> lines(Path file) {
    List<String> lines = new ArrayList<>();
    try (TextFile.LineIterator iterator = TextFile.lines(List.of(file))) {
      iterator.forEachRemaining(lines::add);
    }
    return lines;
  }
}
