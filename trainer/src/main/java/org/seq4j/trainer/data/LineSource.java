package org.seq4j.trainer.data;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.Optional;

/** The lines of a file, one by one; of a file of vectors, each sequence as a line. */
interface LineSource extends Closeable {

  /** Opens a file: {@code .npy} and {@code .npz} are NumPy's, all others are text. */
  static LineSource open(Path file) {
    return VectorFiles.isNumpy(file) ? NumpyLines.open(file) : new Lines(file);
  }

  /**
   * The next line without its end, or nothing at the end of the file.
   *
   * @throws DataException if the file cannot be read, or is not what it should be
   */
  Optional<String> next();

  /** The number of the line read last, from 1; 0 before the first. */
  long number();

  /** How much of the file has been read, 0 to 1; a little more than what was given out. */
  default double progress() {
    return 0;
  }

  /** A problem in the line read last. */
  DataException problem(String message);

  /** Reads on to the end of the file, so that {@link #number} is the number of its lines. */
  default void skipRest() {
    while (next().isPresent()) {
      // counted by next()
    }
  }

  @Override
  void close();
}
