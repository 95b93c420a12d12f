package org.seq4j.trainer.data.corpus;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.ExampleValue;

/** Binary files of vectors. */
public final class VectorFiles {
  private VectorFiles() {}

  /** Returns true if a file is a NumPy file, by its extension: {@code .npy} or {@code .npz}. */
  public static boolean isNumpy(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".npy") || name.endsWith(".npz");
  }

  /**
   * Reads the sequences of vectors in a NumPy file.
   *
   * @throws DataException if the file cannot be read or is invalid
   */
  public static List<ExampleValue> read(Path file) {
    List<ExampleValue> sequences = new ArrayList<>();
    try (SideReader source = NumpySequences.open(file)) {
      for (Optional<ExampleValue> next = source.next(); next.isPresent(); next = source.next()) {
        sequences.add(next.get());
      }
    } catch (CorpusException e) {
      throw DataException.of(e);
    }
    return sequences;
  }
}
