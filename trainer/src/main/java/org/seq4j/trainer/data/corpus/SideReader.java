package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;

/** One side of parallel files: a line of text or a sequence of vectors after another. */
interface SideReader extends AutoCloseable {

  /** Opens a file: {@code .npy} and {@code .npz} are NumPy's, all others are text. */
  static SideReader open(Path file) {
    return VectorFiles.isNumpy(file) ? NumpySequences.open(file) : new TextSide(new Lines(file));
  }

  /**
   * The next value, or nothing at the end of the file.
   *
   * @throws CorpusException if the file cannot be read, or is not what it should be
   */
  Optional<ExampleValue> next();

  /** The number of the value read last, from 1; 0 before the first. */
  long number();

  /** How much of the file has been read, 0 to 1; a little more than what was given out. */
  double progress();

  /** Where the value read last stands. */
  String place();

  /** Reads on to the end of the file, so that {@link #number} is the number of its values. */
  default void skipRest() {
    while (next().isPresent()) {
      // counted by next()
    }
  }

  @Override
  void close();

  /** A file of lines. */
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
