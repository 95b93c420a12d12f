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
import java.util.Optional;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.runtime.io.AtomicFiles;

/**
 * The lines of a UTF-8 file, one by one. A line ends with LF or CR LF, and with nothing else: a
 * text may hold a form feed or a line separator. A byte order mark at the start is skipped. A file
 * that is packed, by its name, is unpacked.
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
    } catch (IOException e) { // of a folder, for example
      close();
      throw unreadable(e);
    }
    mark = startsWithMark() ? 3 : 0;
    position = mark;
  }

  /**
   * The next line without its end, or nothing at the end of the file.
   *
   * @throws BadExampleException if it is not UTF-8; the next line may be read
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

  /** How much of the file has been read, 0 to 1; a little more than what was given out. */
  double progress() {
    return size == 0 ? 1 : (double) raw.count / size;
  }

  /** Counts the bytes of the file itself, packed or not. */
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

  /** The number of the line read last, from 1; 0 before the first. */
  public long number() {
    return number;
  }

  /** Where the line read last stands. */
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
    // The fast way puts U+FFFD where bytes are malformed; only then is it worth looking closely.
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
          "%s, byte %d".formatted(place(), at + 1 + (number == 1 ? mark : 0)),
          String.format(
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
