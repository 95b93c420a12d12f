package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.seq4j.core.data.CorpusException;

/** Text files with one sequence per line, possibly compressed. */
public final class TextFile {
  private TextFile() {}

  /** An iterator over lines; errors in a file are thrown as {@link DataException}. */
  public interface LineIterator extends Iterator<String>, AutoCloseable {
    @Override
    void close();
  }

  /** Returns the lines of files, one file after another. */
  public static LineIterator lines(List<Path> files) {
    return new Several(files.iterator());
  }

  private static final class Several implements LineIterator {
    private final Iterator<Path> files;
    private Optional<Lines> open = Optional.empty();
    private Optional<String> line = Optional.empty();

    Several(Iterator<Path> files) {
      this.files = files;
    }

    @Override
    public boolean hasNext() {
      while (line.isEmpty() && (open.isPresent() || files.hasNext())) {
        line = read();
        if (line.isEmpty()) {
          close();
        }
      }
      return line.isPresent();
    }

    private Optional<String> read() {
      try {
        if (open.isEmpty()) {
          open = Optional.of(new Lines(files.next()));
        }
        return open.get().next();
      } catch (CorpusException e) {
        throw DataException.of(e);
      }
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      String next = line.orElseThrow();
      line = Optional.empty();
      return next;
    }

    @Override
    public void close() {
      open.ifPresent(Lines::close);
      open = Optional.empty();
    }
  }
}
