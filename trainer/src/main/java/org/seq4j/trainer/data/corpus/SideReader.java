package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;

/** A reader of one side of parallel files: lines of text or sequences of vectors. */
interface SideReader extends AutoCloseable {

  /** Opens a file: {@code .npy} and {@code .npz} as NumPy files, all others as text. */
  static SideReader open(Path file) {
    return VectorFiles.isNumpy(file) ? NumpySequences.open(file) : new TextSide(new Lines(file));
  }

  /**
   * Returns the next value; empty at the end of the file.
   *
   * @throws CorpusException if the file cannot be read or is invalid
   */
  Optional<ExampleValue> next();

  /** Returns the number of the last value read, from 1; 0 before the first. */
  long number();

  /**
   * Returns the share of the file that has been read, 0 to 1; buffering puts it slightly ahead of
   * the values returned.
   */
  double progress();

  /** Returns the location of the last value read. */
  String place();

  /** Reads to the end of the file, so that {@link #number} is the total number of values. */
  default void skipRest() {
    while (next().isPresent()) {
      // counted by next()
    }
  }

  @Override
  void close();

  /** A side in a text file. */
  record TextSide(Lines lines) implements SideReader {
    @Override
    public Optional<ExampleValue> next() {
      return lines.next().map(TextValue::new);
    }

    @Override
    public long number() {
      return lines.number();
    }

    @Override
    public double progress() {
      return lines.progress();
    }

    @Override
    public String place() {
      return lines.place();
    }

    @Override
    public void close() {
      lines.close();
    }
  }
}
