package org.seq4j.tokenizers;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the files of tokenizers. */
final class TextFiles {
  private TextFiles() {}

  /**
   * Reads the lines of a UTF-8 file. A line ends with LF or CR LF only.
   *
   * @param what the content of the file, for messages
   * @throws IllegalArgumentException if the file cannot be read
   */
  static List<String> lines(Path file, String what) {
    try {
      return split(Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(missing(file, what), e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "%s: expected %s as UTF-8 text, got other bytes".formatted(file, what), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot read %s from %s: %s".formatted(what, file, e.getMessage()), e);
    }
  }

  static String missing(Path file, String what) {
    return "there is no file %s: expected %s".formatted(file, what);
  }

  private static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      lines.add(withoutReturn(text.substring(start, end)));
      start = end + 1;
    }
    if (start < text.length()) {
      lines.add(withoutReturn(text.substring(start)));
    }
    return lines;
  }

  private static String withoutReturn(String line) {
    return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
  }
}
