package org.seq4j.cli.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads lines of UTF-8 in chunks of the available lines; it waits only for the first line of a
 * chunk. So a user at a terminal, or a program that waits for each result, gets it at once, and a
 * file is read in large chunks. A line ends with LF or CR LF; a byte order mark is skipped.
 */
public final class TextLines {
  private static final int LF = '\n';

  private final InputStream in;
  private final String name;
  private final byte[] buffer = new byte[1 << 16];
  private int position;
  private int limit;
  private boolean ended;
  private long number;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Optional<CommandException> malformed = Optional.empty();

  /**
   * Reads from a stream, which the caller closes.
   *
   * @param name name of the stream or file, for messages
   */
  public TextLines(InputStream in, String name) {
    this.in = in;
    this.name = name;
  }

  /**
   * Returns the next lines without their line ends: at least one, or none at the end.
   *
   * @param most the maximum number
   * @throws CommandException if a line is not UTF-8; the lines before it are returned first
   * @throws IOException if the stream cannot be read
   */
  List<String> next(int most) throws IOException {
    List<String> lines = new ArrayList<>();
    while (lines.size() < most && malformed.isEmpty() && (lines.isEmpty() || isMoreThere())) {
      Optional<String> next = read(lines.isEmpty());
      if (next.isEmpty()) {
        break;
      }
      lines.add(next.get());
    }
    if (lines.isEmpty() && malformed.isPresent()) {
      throw malformed.get();
    }
    return lines;
  }

  private boolean isMoreThere() throws IOException {
    return position < limit || (!ended && in.available() > 0);
  }

  /** Returns a line; empty at the end, or if it is not complete yet and {@code wait} is false. */
  private Optional<String> read(boolean wait) throws IOException {
    while (true) {
      if (position == limit) {
        if (!ended && !wait && in.available() == 0) {
          return Optional.empty(); // the next call continues the line
        }
        fill();
      }
      if (ended && position == limit) {
        return line.size() == 0 ? Optional.empty() : take();
      }
      int end = position;
      while (end < limit && buffer[end] != LF) {
        end++;
      }
      line.write(buffer, position, end - position);
      boolean whole = end < limit;
      position = whole ? end + 1 : limit;
      if (whole) {
        return take();
      }
    }
  }

  private void fill() throws IOException {
    int read = ended ? -1 : in.read(buffer);
    position = 0;
    limit = Math.max(0, read);
    ended = read < 0;
  }

  private Optional<String> take() {
    number++;
    byte[] bytes = line.toByteArray();
    line.reset();
    int start = number == 1 && startsWithMark(bytes) ? 3 : 0;
    int end = bytes.length;
    if (end > start && bytes[end - 1] == '\r') {
      end--;
    }
    try {
      ByteBuffer text = ByteBuffer.wrap(bytes, start, end - start);
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
    } catch (CharacterCodingException e) {
      String message =
          "%s, line %d: not UTF-8. If the text is in another encoding, convert it, for example"
              + " with iconv -f ISO-8859-1 -t UTF-8";
      malformed = Optional.of(new CommandException(message.formatted(name, number), e));
      return Optional.empty();
    }
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xef
        && bytes[1] == (byte) 0xbb
        && bytes[2] == (byte) 0xbf;
  }
}
