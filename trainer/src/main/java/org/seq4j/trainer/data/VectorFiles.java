package org.seq4j.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Files of vectors that are not text. */
public final class VectorFiles {
  private VectorFiles() {}

  /** Whether a file is NumPy's, by its name: {@code .npy} or {@code .npz}. */
  public static boolean isNumpy(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".npy") || name.endsWith(".npz");
  }

  /**
   * The sequences of vectors in a file of NumPy's, as lines of text.
   *
   * @throws DataException if the file cannot be read, or is not like that
   */
  public static List<String> lines(Path file) {
    List<String> lines = new ArrayList<>();
    try (LineSource source = NumpyLines.open(file)) {
      for (Optional<String> line = source.next(); line.isPresent(); line = source.next()) {
        lines.add(line.get());
      }
    }
    return lines;
  }
}
