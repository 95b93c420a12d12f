package org.seq4j.core.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.seq4j.core.plugin.Kind;

/**
 * A format that examples are stored in. A config takes it by the ending of a file's name, or by
 * {@code format:}.
 *
 * <p>A format only reads. It neither shuffles nor filters, and it keeps no more than one example in
 * memory: a corpus may be larger than that. A database or a generator is a format, too, whose keys
 * say what to read.
 */
@Kind("corpus-format")
public interface CorpusFormat {

  /**
   * Opens a corpus at its beginning. A corpus is opened for each pass over it, and each pass gives
   * the same examples in the same order; several readers may be open at a time.
   *
   * @throws IOException if a file cannot be read
   * @throws CorpusException if the corpus is not of this format
   */
  ExampleReader open(CorpusFiles files) throws IOException;

  /**
   * The endings of file names that mean this format, lower case with the dot: {@code ".wav"}. Such
   * a file is read by this format where the config does not say {@code format:}; the format must
   * work with its default keys then.
   */
  default List<String> extensions() {
    return List.of();
  }

  /**
   * Checks what a config says of a corpus before any file is read.
   *
   * @throws IllegalArgumentException if something is missing or cannot be; the message begins with
   *     the key: {@code "target: expected the name of a column"}
   */
  default void check(CorpusFiles files) {}

  /**
   * The files that the corpus consists of. They must be there before training begins, and a run
   * notes their checksums. By default {@link CorpusFiles#file()}, if it is given.
   */
  default List<Path> files(CorpusFiles files) {
    return files.file().stream().toList();
  }
}
