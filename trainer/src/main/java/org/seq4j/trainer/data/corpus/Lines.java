package org.seq4j.trainer.data.corpus;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.TextValue;

/**
 * A reader of the lines of a file, as {@link TextValue.Lines} reads them. Compressed files are
 * decompressed, by their extension.
 */
public final class Lines implements LineSource {
  private final CountingStream raw;
  private final TextValue.Lines lines;
  private final long size;

  /**
   * Opens a file.
   *
   * @throws CorpusException if it cannot be opened
   */
  public Lines(Path file) {
    try {
      raw = new CountingStream(TextValue.Lines.stream(file));
      size = Files.size(file);
      lines = new TextValue.Lines(file.toString(), Compression.open(file, raw));
    } catch (IOException e) {
      throw CorpusException.unreadable(file.toString(), e);
    }
  }

  /**
   * Returns the next line without its line terminator; empty at the end of the file.
   *
   * @throws BadExampleException if the line is not UTF-8; reading may continue with the next line
   * @throws CorpusException if the file cannot be read
   */
  @Override
  public Optional<String> next() {
    return lines.next();
  }

  /**
   * Returns the share of the file that has been read, 0 to 1; buffering puts it slightly ahead of
   * the lines returned.
   */
  @Override
  public double progress() {
    return size == 0 ? 1 : (double) raw.count / size;
  }

  /** Counts the bytes of the file itself, before decompression. */
  private static final class CountingStream extends FilterInputStream {
    private long count;

    CountingStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count += read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      count += Math.max(0, read);
      return read;
    }
  }

  /** Returns the number of the last line read, from 1; 0 before the first. */
  @Override
  public long number() {
    return lines.number();
  }

  /** Returns the location of the last line read. */
  public String place() {
    return lines.place();
  }

  @Override
  public void close() {
    lines.close();
  }
}
