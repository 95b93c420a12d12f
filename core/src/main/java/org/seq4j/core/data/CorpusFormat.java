package org.seq4j.core.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.seq4j.core.plugin.Kind;

/**
 * Reads training examples from storage. A config selects a format by the file name extension or by
 * {@code format:}.
 *
 * <p>A format only reads: it neither shuffles nor filters. It keeps at most one example in memory,
 * because a corpus may be larger than the memory. A database or a generator can be a format too;
 * its keys select what to read. A format of text files reads them with {@link TextValue.Lines}.
 */
@Kind("corpus-format")
public interface CorpusFormat {

  /**
   * Opens a corpus at its beginning. Each pass over a corpus opens it again, and must return the
   * same examples in the same order. Several readers may be open at the same time.
   *
   * @throws IOException if a file cannot be read
   * @throws CorpusException if the corpus is not of this format
   * @throws IllegalArgumentException if a key does not fit the file; the message begins with the
   *     key: {@code "target: the header has no column 'x'"}
   */
  ExampleReader open(CorpusFiles files) throws IOException;

  /**
   * The file name extensions of this format, in lower case with the dot: {@code ".wav"}. They
   * select the format if a config has no {@code format:}, so it must work with its default keys.
   */
  default List<String> extensions() {
    return List.of();
  }

  /**
   * Checks the entry of a corpus in a config, before any file is read.
   *
   * @throws IllegalArgumentException if a key is missing or invalid; the message begins with the
   *     key: {@code "target: expected the name of a column"}
   */
  default void check(CorpusFiles files) {}

  /**
   * The files of the corpus; by default {@link CorpusFiles#file()}, if present. They must exist
   * before training begins, and a run records their checksums.
   */
  default List<Path> files(CorpusFiles files) {
    return files.file().stream().toList();
  }
}
