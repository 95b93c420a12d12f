package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.config.Key;

/** Where one side of a corpus stands: in a file of its own, or in a column. */
public record CorpusField(
    @Key(doc = "A file with one sequence a line.", shorthand = true) Optional<Path> path,
    @Key(doc = "A column of the corpus's file, from 0.", min = 0, shorthand = true)
        Optional<Integer> column) {

  /** Checks that it is one of the two. */
  public CorpusField {
    if (path.isPresent() == column.isPresent()) {
      throw new IllegalArgumentException("expected a file or a column number (from 0)");
    }
    if (column.isPresent() && column.get() < 0) {
      throw new IllegalArgumentException("columns count from 0, got " + column.get());
    }
  }

  /** A file of its own. */
  public static CorpusField of(Path path) {
    return new CorpusField(Optional.of(path), Optional.empty());
  }

  /** A column, from 0. */
  public static CorpusField of(int column) {
    return new CorpusField(Optional.empty(), Optional.of(column));
  }
}
