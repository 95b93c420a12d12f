package org.seq4j.trainer.data.corpus;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.runtime.io.AtomicFiles;

/**
 * A reader of the lines of a UTF-8 file. Only LF and CR LF end a line: texts may contain form feeds
 * or Unicode line separators. A byte order mark at the start is skipped. Compressed files are
 * decompressed, by their extension.
 */
public final class Lines implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final CountingStream raw;
  private final InputStream in;
  private final long size;
  private final byte[] buffer = new byte[BUFFER];
  private final int mark;
  private int position;
  private int limit;
  private long number;

  public Lines(Path file) {
    this.file = file;
    try {
      size = Files.size(file);
      raw = new CountingStream(Files.newInputStream(file));
      in = Compression.open(file, raw);
    } catch (IOException e) {
      throw unreadable(e);
    }
    try {
      fill();
    } catch (IOException e) { // for example if it is a folder
      close();
      throw unreadable(e);
    }
    mark = startsWithMark() ? 3 : 0;
    position = mark;
  }

  /**
   * Returns the next line without its line terminator; empty at the end of the file.
   *
   * @throws BadExampleException if the line is not UTF-8; reading may continue with the next line
   * @throws CorpusException if the file cannot be read
   */
  public Optional<String> next() {
    try {
      Optional<byte[]> line = nextBytes();
      if (line.isPresent()) {
        number++;
      }
      return line.map(this::text);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Returns the share of the file that has been read, 0 to 1; buffering puts it slightly ahead of
   * the lines returned.
   */
  double progress() {
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
  public long number() {
    return number;
  }

  /** Returns the location of the last line read. */
  public String place() {
    return file + ", line " + number;
  }

  private void fill() throws IOException {
    position = 0;
    limit = in.readNBytes(buffer, 0, BUFFER);
  }

  private boolean startsWithMark() {
    return limit >= 3
        && buffer[0] == (byte) 0xef
        && buffer[1] == (byte) 0xbb
        && buffer[2] == (byte) 0xbf;
  }

  private Optional<byte[]> nextBytes() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      if (position == limit) {
        fill();
      }
      if (limit == 0) {
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
      }
      int end = position;
      while (end < limit && buffer[end] != '\n') {
        end++;
      }
      line.write(buffer, position, end - position);
      boolean complete = end < limit;
      position = complete ? end + 1 : limit;
      if (complete) {
        return Optional.of(line.toByteArray());
      }
    }
  }

  private String text(byte[] line) {
    int length = line.length;
    if (length > 0 && line[line.length - 1] == '\r') {
      length--;
    }
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    // Fast decoding replaces malformed bytes with U+FFFD; only then is a strict check needed.
    if (text.indexOf('\ufffd') >= 0) {
      checkStrictly(line, length);
    }
    return text;
  }

  private void checkStrictly(byte[] line, int length) {
    CharsetDecoder strict =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(line, 0, length);
    if (strict.decode(bytes, CharBuffer.allocate(length), true).isError()) {
      int at = bytes.position();
      throw new BadExampleException(
          String.format(Locale.ROOT, "%s, byte %d", place(), at + 1 + (number == 1 ? mark : 0)),
          String.format(
              Locale.ROOT,
              "expected UTF-8, got the byte 0x%02X."
                  + " If the file is in another encoding, convert it, for example with"
                  + " iconv -f ISO-8859-1 -t UTF-8",
              line[at]));
    }
  }

  private CorpusException unreadable(IOException e) {
    return new CorpusException("cannot read " + file + ": " + AtomicFiles.reason(e), e);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
