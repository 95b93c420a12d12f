package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.config.Key;

/**
 * A text corpus: two parallel files, {@code {source: a.txt, target: b.txt}}, or columns of a
 * tab-separated one, {@code {file: x.tsv, source: 0, target: 1}}.
 */
public record CorpusConfig(
    @Key(doc = "A file of tab-separated columns; absent if source and target are files themselves.")
        Optional<Path> file,
    @Key(
            doc =
                "The source side: a file with one sequence a line, or with file a column (from 0)"
                    + " or a list of columns that are joined by a space.")
        List<CorpusField> source,
    @Key(doc = "The target side: a file with one sequence a line, or with file a column (from 0).")
        CorpusField target,
    @Key(
            doc =
                "Whether further references follow the first: in the columns after target, or in a"
                    + " target file after a tab. For dev and test.",
            defaultValue = "false")
        boolean alternatives) {

  /** Checks that source and target are columns if there is a file, and files if there is none. */
  public CorpusConfig {
    source = List.copyOf(source);
    if (source.isEmpty()) {
      throw new IllegalArgumentException("source: expected a file or a column, got an empty list");
    }
    for (CorpusField field : source) {
      check("source", field, file);
    }
    check("target", target, file);
    if (file.isEmpty() && source.size() > 1) {
      throw new IllegalArgumentException(
          "source: expected one file, got "
              + source.size()
              + "; only columns of a tab-separated file can be joined");
    }
  }

  private static void check(String key, CorpusField field, Optional<Path> file) {
    if (file.isPresent() && field.path().isPresent()) {
      throw new IllegalArgumentException(
          key
              + ": expected a column number (from 0) because file is given, got '"
              + field.path().get()
              + "'; for two parallel files leave out file");
    }
    if (file.isEmpty() && field.column().isPresent()) {
      throw new IllegalArgumentException(
          key
              + ": column "
              + field.column().get()
              + " of which file? Add file: NAME.tsv, or name a file here");
    }
  }

  /** Two parallel files: line n of one belongs to line n of the other. */
  public static CorpusConfig parallel(Path source, Path target) {
    return new CorpusConfig(
        Optional.empty(), List.of(CorpusField.of(source)), CorpusField.of(target), false);
  }

  /** Two columns of a tab-separated file, counted from 0. */
  public static CorpusConfig columns(Path file, int source, int target) {
    return new CorpusConfig(
        Optional.of(file), List.of(CorpusField.of(source)), CorpusField.of(target), false);
  }

  /** The same corpus, its targets followed by alternatives. */
  public CorpusConfig withAlternatives() {
    return new CorpusConfig(file, source, target, true);
  }
}
