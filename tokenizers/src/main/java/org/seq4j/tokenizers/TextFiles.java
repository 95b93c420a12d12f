package org.seq4j.tokenizers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.TextValue;

/** Reads the files of tokenizers. */
final class TextFiles {
  private TextFiles() {}

  /**
   * Reads the lines of a UTF-8 file.
   *
   * @param what the content of the file, for messages
   * @throws IllegalArgumentException if the file cannot be read
   */
  static List<String> lines(Path file, String what) {
    try {
      return TextValue.Lines.all(file);
    } catch (CorpusException e) {
      throw new IllegalArgumentException(e.getMessage() + ". Expected " + what, e);
    }
  }

  /**
   * Reads the bytes of a file.
   *
   * @param what the content of the file, for messages
   * @throws IllegalArgumentException if the file cannot be read
   */
  static byte[] bytes(Path file, String what) {
    try (InputStream in = TextValue.Lines.stream(file)) {
      return in.readAllBytes();
    } catch (IOException e) {
      String message = CorpusException.unreadable(file.toString(), e).getMessage();
      throw new IllegalArgumentException(message + ". Expected " + what, e);
    }
  }
}
