package org.seq4j.trainer.data.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.core.plugin.ComponentException;

/**
 * A stream of the examples of a corpus in any format. Exceptions of the format are rethrown as
 * {@link DataException}.
 */
public final class CorpusStream implements AutoCloseable {
  private final ExampleReader reader;
  private final String format;
  private final String name;
  private final Path folder;
  private final Sides sides;
  private boolean begun;

  private CorpusStream(ExampleReader reader, String format, String name, Path folder, Sides sides) {
    this.reader = reader;
    this.format = format;
    this.name = name;
    this.folder = folder;
    this.sides = sides;
  }

  /**
   * Opens a corpus.
   *
   * @throws DataException if a file cannot be read
   */
  static CorpusStream open(
      CorpusConfig corpus, Path directory, CorpusFormats formats, Sides sides) {
    CorpusFormats.Named named = formats.of(corpus, directory);
    CorpusFiles files = corpus.files(directory);
    String name =
        files.file().map(Path::toString).orElseGet(() -> "the corpus of format " + named.name());
    try {
      named.format().check(files);
      ExampleReader reader =
          ComponentException.notNull(named.format(), "open", named.format().open(files));
      Path folder = files.file().map(file -> file.toAbsolutePath().getParent()).orElse(directory);
      return new CorpusStream(reader, named.name(), name, folder, sides);
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (CorpusException e) {
      throw DataException.of(e);
    } catch (IllegalArgumentException e) { // its message is for users
      throw new BrokenCorpusException(name + ": " + e.getMessage());
    } catch (RuntimeException | LinkageError e) { // a plugin may throw anything
      throw failed(named.name(), name, e);
    }
  }

  private static DataException unreadable(String name, IOException e) {
    return new DataException(CorpusException.unreadable(name, e).getMessage(), e);
  }

  private static DataException failed(String format, String place, Throwable e) {
    return new DataException("%s: the format '%s' failed with %s".formatted(place, format, e), e);
  }

  /**
   * Returns the next example; empty at the end. After a DataException that has no cause and is no
   * BrokenCorpusException, only one example is invalid and reading may continue.
   */
  Optional<Example> next() {
    try {
      boolean first = !begun;
      begun = true;
      Optional<Example> example = ComponentException.notNull(reader, "next", reader.next());
      if (example.isEmpty() && first) {
        throw new BrokenCorpusException(name + " is empty: expected at least one example");
      }
      return example.map(it -> sides.read(it, reader, folder));
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (CorpusException e) {
      throw DataException.of(e);
    } catch (RuntimeException | LinkageError e) { // a plugin may throw anything
      throw failed(format, reader.location(), e);
    }
  }

  /** Returns the location of the last example, for messages. */
  public String location() {
    return reader.location();
  }

  /** Returns the share of the corpus that has been read, 0 to 1. */
  public double progress() {
    return reader.progress();
  }

  @Override
  public void close() {
    try {
      reader.close();
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (CorpusException e) {
      throw DataException.of(e);
    }
  }
}
