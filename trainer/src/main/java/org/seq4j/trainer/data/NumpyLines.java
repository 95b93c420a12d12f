package org.seq4j.trainer.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.seq4j.core.run.AtomicFiles;
import org.seq4j.core.run.FrameCodec;
import org.seq4j.core.text.Frames;

/**
 * The sequences of vectors in a file of NumPy's, as lines: an array of three axes, {@code [N, T,
 * D]}, holds N of one length; arrays of two axes in an {@code .npz}, {@code [T, D]} each, hold one
 * each, in the order of the archive.
 */
final class NumpyLines implements LineSource {
  private final Path file;
  private final InputStream in;
  private final boolean archive;
  private final Queue<Frames> ready = new ArrayDeque<>();
  private String where = ""; // the array in the archive
  private boolean read; // of a file that holds one array
  private long number;

  private NumpyLines(Path file, InputStream in, boolean archive) {
    this.file = file;
    this.in = in;
    this.archive = archive;
  }

  static NumpyLines open(Path file) {
    try {
      InputStream in = new BufferedInputStream(Files.newInputStream(file));
      boolean archive = file.toString().toLowerCase(Locale.ROOT).endsWith(".npz");
      return new NumpyLines(file, archive ? new ZipInputStream(in) : in, archive);
    } catch (IOException e) {
      throw new DataException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
    }
  }

  @Override
  public Optional<String> next() {
    try {
      while (ready.isEmpty() && nextArray()) {
        // an array may hold no sequence
      }
    } catch (EOFException e) {
      throw new DataException(place() + ": is cut short", e);
    } catch (IOException e) {
      throw new DataException("cannot read " + place() + ": " + AtomicFiles.reason(e), e);
    } catch (IllegalArgumentException e) {
      throw new DataException(place() + ": " + e.getMessage(), e);
    }
    if (ready.isEmpty()) {
      return Optional.empty();
    }
    number++;
    return Optional.of(FrameCodec.line(FrameCodec.texts(ready.remove())));
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

  private String place() {
    return file + where;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public DataException problem(String message) {
    return new DataException(place() + ", sequence " + number + ": " + message);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new DataException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
    }
  }
}
