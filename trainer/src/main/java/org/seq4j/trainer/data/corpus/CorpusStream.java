package org.seq4j.trainer.data.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;
import org.seq4j.runtime.io.AtomicFiles;

/**
 * The examples of a corpus, one by one, whatever its format; what a format throws is told as a
 * {@link DataException}.
 */
public final class CorpusStream implements AutoCloseable {
  private final ExampleReader reader;
  private final String format;
  private final String name;
  private final Sides sides;
  private boolean begun;

  private CorpusStream(ExampleReader reader, String format, String name, Sides sides) {
    this.reader = reader;
    this.format = format;
    this.name = name;
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
      return new CorpusStream(named.format().open(files), named.name(), name, sides);
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (CorpusException e) {
      throw DataException.of(e);
    } catch (IllegalArgumentException e) { // written for the user
      throw new BrokenCorpusException(name + ": " + e.getMessage());
    } catch (RuntimeException | LinkageError e) { // whatever a plugin may throw
      throw failed(named.name(), name, e);
    }
  }

  private static DataException unreadable(String name, IOException e) {
    return new DataException("cannot read " + name + ": " + AtomicFiles.reason(e), e);
  }

  private static DataException failed(String format, String place, Throwable e) {
    return new DataException("%s: the format '%s' failed with %s".formatted(place, format, e), e);
  }

  /**
   * The next example; empty at the end. A DataException without a cause that is no
   * BrokenCorpusException is about one example: the next may be read.
   */
  Optional<Example> next() {
    try {
      boolean first = !begun;
      begun = true;
      Optional<Example> example = reader.next();
      if (example.isEmpty() && first) {
        throw new BrokenCorpusException(name + " is empty: expected at least one example");
      }
      return example.map(it -> sides.read(it, reader));
    } catch (DataException e) {
      throw e;
    } catch (IOException e) {
      throw unreadable(name, e);
    } catch (CorpusException e) {
      throw DataException.of(e);
    } catch (RuntimeException | LinkageError e) { // whatever a plugin may throw
      throw failed(format, reader.location(), e);
    }
  }

  /** How much of it has been read, 0 to 1. */
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
