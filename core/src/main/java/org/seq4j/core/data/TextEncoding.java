package org.seq4j.core.data;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Decodes lines of UTF-8, and recognizes files that are something else. */
final class TextEncoding {
  private static final int[] UTF_8 = {0xef, 0xbb, 0xbf};

  /** The first bytes of a file that is not UTF-8, and what to do about it. */
  private record Signature(String name, String command, int... bytes) {}

  private static final List<Signature> OTHERS =
      List.of( // UTF-32 first: in little-endian order its mark begins with that of UTF-16
          new Signature("UTF-32", "iconv -f UTF-32 -t UTF-8", 0xff, 0xfe, 0, 0),
          new Signature("UTF-32", "iconv -f UTF-32 -t UTF-8", 0, 0, 0xfe, 0xff),
          new Signature("UTF-16", "iconv -f UTF-16 -t UTF-8", 0xff, 0xfe),
          new Signature("UTF-16", "iconv -f UTF-16 -t UTF-8", 0xfe, 0xff),
          new Signature("gzip-compressed data", "gzip -dc", 0x1f, 0x8b),
          new Signature("bzip2-compressed data", "bzip2 -dc", 'B', 'Z', 'h', -1, '1', 'A', 'Y'),
          new Signature("xz-compressed data", "xz -dc", 0xfd, '7', 'z', 'X', 'Z', 0),
          new Signature("zstd-compressed data", "zstd -dc", 0x28, 0xb5, 0x2f, 0xfd),
          new Signature("lz4-compressed data", "lz4 -dc", 0x04, 0x22, 0x4d, 0x18));

  private TextEncoding() {}

  /**
   * Returns the length of the byte order mark of UTF-8 that a file begins with; 0 without one.
   *
   * @param name name of the file, for messages
   * @param first its first line
   * @throws CorpusException if the file has another encoding
   */
  static int markOf(String name, byte[] first) {
    for (Signature other : OTHERS) {
      if (startsWith(first, other.bytes())) {
        throw refused(name, other.name(), other.command());
      }
    }
    if (alternates(first, 1)) {
      throw refused(name, "UTF-16", "iconv -f UTF-16LE -t UTF-8");
    }
    if (alternates(first, 0)) {
      throw refused(name, "UTF-16", "iconv -f UTF-16BE -t UTF-8");
    }
    return startsWith(first, UTF_8) ? UTF_8.length : 0;
  }

  private static CorpusException refused(String name, String found, String command) {
    return new CorpusException(
        "%s: expected text in UTF-8, got %s. Convert the file, for example with %s"
            .formatted(name, found, command));
  }

  /** Compares the first bytes; -1 stands for any. */
  private static boolean startsWith(byte[] line, int... bytes) {
    if (line.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= 0 && line[i] != (byte) bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns true if exactly every other byte is 0: Latin text in UTF-16 without a mark. */
  private static boolean alternates(byte[] line, int firstZero) {
    for (int i = 0; i < line.length; i++) {
      if ((line[i] == 0) != (i % 2 == firstZero)) {
        return false;
      }
    }
    return line.length >= 4;
  }

  /**
   * Decodes a line, without the carriage return at its end.
   *
   * @param start index of the first byte of the text
   * @throws BadExampleException if it is not UTF-8
   */
  static String text(byte[] line, int start, Supplier<String> place) {
    int end = line.length;
    if (end > start && line[end - 1] == '\r') {
      end--;
    }
    String text = new String(line, start, end - start, StandardCharsets.UTF_8);
    // Fast decoding replaces malformed bytes with U+FFFD; only then is a strict check needed.
    if (text.indexOf('\ufffd') >= 0) {
      checkStrictly(line, start, end, place);
    }
    return text;
  }

  private static void checkStrictly(byte[] line, int start, int end, Supplier<String> place) {
    CharsetDecoder strict =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(line, start, end - start);
    if (strict.decode(bytes, CharBuffer.allocate(end - start), true).isError()) {
      int at = bytes.position();
      throw new BadExampleException(
          String.format(Locale.ROOT, "%s, byte %d", place.get(), at + 1),
          String.format(
              Locale.ROOT,
              "expected UTF-8, got the byte 0x%02X."
                  + " If the file is in another encoding, convert it, for example with"
                  + " iconv -f ISO-8859-1 -t UTF-8",
              line[at]));
    }
  }
}
