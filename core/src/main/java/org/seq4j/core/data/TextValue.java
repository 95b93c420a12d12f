package org.seq4j.core.data;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of text. A format that reads text files also uses it for vectors, whose numbers it holds:
 * {@code 0.5 -1; 0.25 2e-3}.
 *
 * @param text one line; may be empty
 */
public record TextValue(String text) implements ExampleValue {

  /**
   * A reader of lines of UTF-8. All text that users give is read by it: corpora, and files such as
   * vocabularies and lexicons.
   *
   * <p>Only LF and CR LF end a line: texts may contain form feeds or Unicode line separators. A
   * byte order mark at the start is skipped. UTF-16 and UTF-32 are refused, with the command that
   * converts them. Not thread-safe.
   */
  public static final class Lines implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean complete; // the variable line holds a whole line
    private int position;
    private int limit;
    private boolean ended;
    private long number;
    private int mark; // length of the byte order mark

    /**
     * Creates a reader of a stream, which {@link #close} closes.
     *
     * @param name name of the stream or file, for messages
     */
    public Lines(String name, InputStream in) {
      this.name = name;
      this.in = in;
    }

    /**
     * Opens a file that is not compressed.
     *
     * @throws CorpusException if it cannot be opened
     */
    public static Lines open(Path file) {
      try {
        return new Lines(file.toString(), stream(file));
      } catch (IOException e) {
        throw CorpusException.unreadable(file.toString(), e);
      }
    }

    /** Opens the bytes of a file. The file may be a pipe, which can be read only once. */
    public static InputStream stream(Path file) throws IOException {
      boolean pipe =
          file.getFileSystem().equals(FileSystems.getDefault())
              && Files.exists(file)
              && !Files.isRegularFile(file)
              && !Files.isDirectory(file);
      // A channel does not know how many bytes of a pipe are available.
      return pipe ? new FileInputStream(file.toFile()) : Files.newInputStream(file);
    }

    /**
     * Returns all lines of a file that is not compressed.
     *
     * @throws CorpusException if it cannot be read or is not UTF-8; the message names the file, and
     *     the line if it has one
     */
    public static List<String> all(Path file) {
      List<String> all = new ArrayList<>();
      try (Lines lines = open(file)) {
        for (Optional<String> next = lines.next(); next.isPresent(); next = lines.next()) {
          all.add(next.get());
        }
      }
      return all;
    }

    /**
     * Returns the next line without its line terminator; empty at the end.
     *
     * @throws BadExampleException if the line is not UTF-8; reading may continue with the next line
     * @throws CorpusException if the stream cannot be read, or is in another encoding
     */
    public Optional<String> next() {
      if (!complete && !advance(true)) {
        return Optional.empty();
      }
      complete = false;
      number++;
      byte[] bytes = line.toByteArray();
      line.reset();
      if (number == 1) {
        mark = TextEncoding.markOf(name, bytes);
        if (ended && mark > 0 && mark == bytes.length) { // the mark is all there is
          number = 0;
          return Optional.empty();
        }
      }
      return Optional.of(TextEncoding.text(bytes, number == 1 ? mark : 0, this::place));
    }

    /**
     * Returns true if the next line has arrived, so that {@link #next} returns it without waiting.
     *
     * @throws CorpusException if the stream cannot be read
     */
    public boolean isReady() {
      complete = complete || advance(false);
      return complete;
    }

    /** Reads until a line is complete; returns false at the end, or if that would take waiting. */
    private boolean advance(boolean wait) {
      try {
        while (true) {
          if (position == limit) {
            if (!ended && !wait && in.available() == 0) {
              return false; // the next call continues the line
            }
            fill();
          }
          if (ended) {
            return line.size() > 0;
          }
          int end = position;
          while (end < limit && buffer[end] != '\n') {
            end++;
          }
          line.write(buffer, position, end - position);
          boolean whole = end < limit;
          position = whole ? end + 1 : limit;
          if (whole) {
            return true;
          }
        }
      } catch (IOException e) {
        throw CorpusException.unreadable(name, e);
      }
    }

    private void fill() throws IOException {
      int read = ended ? -1 : in.read(buffer);
      position = 0;
      limit = Math.max(0, read);
      ended = read < 0;
    }

    /** Returns the number of the last line read, from 1; 0 before the first. */
    public long number() {
      return number;
    }

    /** Returns the location of the last line read: {@code "/data/x.txt, line 3"}. */
    public String place() {
      return name + ", line " + number;
    }

    @Override
    public void close() {
      try {
        in.close();
      } catch (IOException e) {
        throw CorpusException.unreadable(name, e);
      }
    }
  }
}
