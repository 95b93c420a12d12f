package org.seq4j.trainer.data.corpus;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.core.data.VectorsValue;
import org.seq4j.core.text.FeatureSequence;

/**
 * A reader of the sequences of vectors in a NumPy file. An array {@code [N, T, D]} holds N
 * sequences of equal length; each array {@code [T, D]} of an {@code .npz} holds one, in the order
 * of the archive.
 */
final class NumpySequences implements SideReader {
  private final Path file;
  private final InputStream in;
  private final boolean archive;
  private final Queue<FeatureSequence> ready = new ArrayDeque<>();
  private String where = ""; // name of the array in the archive
  private boolean read; // for .npy: its array has been read
  private long number;

  private NumpySequences(Path file, InputStream in, boolean archive) {
    this.file = file;
    this.in = in;
    this.archive = archive;
  }

  static NumpySequences open(Path file) {
    try {
      InputStream in = new BufferedInputStream(TextValue.Lines.stream(file));
      boolean archive = file.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
      return new NumpySequences(file, archive ? new ZipInputStream(in) : in, archive);
    } catch (IOException e) {
      throw CorpusException.unreadable(file.toString(), e);
    }
  }

  @Override
  public Optional<ExampleValue> next() {
    try {
      while (ready.isEmpty() && nextArray()) {
        // skip arrays without sequences
      }
    } catch (EOFException e) {
      throw new CorpusException(array() + ": is truncated", e);
    } catch (IOException e) {
      throw CorpusException.unreadable(array(), e);
    } catch (IllegalArgumentException e) {
      throw new CorpusException(array() + ": " + e.getMessage(), e);
    }
    if (ready.isEmpty()) {
      return Optional.empty();
    }
    number++;
    return Optional.of(new VectorsValue(ready.remove()));
  }

  private boolean nextArray() throws IOException {
    if (archive) {
      ZipEntry entry = ((ZipInputStream) in).getNextEntry();
      if (entry == null) {
        return false;
      }
      where = ", " + entry.getName();
    } else if (read) {
      return false;
    }
    read = true;
    ready.addAll(NumpyArray.read(in).sequences());
    return true;
  }

  private String array() {
    return file + where;
  }

  @Override
  public long number() {
    return number;
  }

  /** Returns 0: the number of arrays that follow in an archive is unknown. */
  @Override
  public double progress() {
    return 0;
  }

  @Override
  public String place() {
    return array() + ", sequence " + number;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw CorpusException.unreadable(file.toString(), e);
    }
  }
}
