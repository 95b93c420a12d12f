package org.seq4j.tokenizers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * The normalization of a SentencePiece model: a map of strings to strings in SentencePiece's
 * compiled form, which a model contains. A text is normalized from left to right: the longest
 * string of the map is replaced, and a character that begins none stays.
 *
 * <p>The form is: the size of the trie in bytes, the trie, and the replacements, each ended by 0.
 * The trie is a double array of Darts-clone, by the bytes of UTF-8.
 */
final class CharacterMap {
  private final byte[] compiled;
  private final int[] trie;
  private final int replacements; // index of the first one in the compiled form

  private CharacterMap(byte[] compiled) {
    this.compiled = compiled;
    ByteBuffer buffer = ByteBuffer.wrap(compiled).order(ByteOrder.LITTLE_ENDIAN);
    int size = buffer.getInt();
    trie = new int[size / Integer.BYTES];
    buffer.asIntBuffer().get(trie);
    replacements = Integer.BYTES + size;
  }

  /**
   * Reads one of the maps that come with Seq4j. They were made by SentencePiece.
   *
   * @param name name as in SentencePiece, for example {@code nmt_nfkc}
   */
  static CharacterMap named(String name) {
    try (InputStream packed = CharacterMap.class.getResourceAsStream(name + ".charsmap.gz");
        InputStream in = new GZIPInputStream(packed)) {
      return new CharacterMap(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the compiled form. */
  byte[] compiled() {
    return compiled.clone();
  }

  /** Normalizes a text; white space stays as the map has it. */
  String normalize(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    int at = 0;
    while (at < bytes.length) {
      long match = longest(bytes, at);
      if (match < 0) {
        int end = at + 1;
        while (end < bytes.length && (bytes[end] & 0xc0) == 0x80) { // within a character
          end++;
        }
        out.write(bytes, at, end - at);
        at = end;
      } else {
        int start = replacements + (int) match;
        int end = start;
        while (compiled[end] != 0) {
          end++;
        }
        out.write(compiled, start, end - start);
        at += (int) (match >>> Integer.SIZE);
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Returns the length (upper half) and value (lower half) of the longest match; -1 if none. */
  private long longest(byte[] bytes, int from) {
    long longest = -1;
    int node = offset(trie[0]);
    for (int i = from; i < bytes.length; i++) {
      int label = bytes[i] & 0xff;
      node ^= label;
      int unit = trie[node];
      if ((unit & 0x800000ff) != label) {
        break;
      }
      node ^= offset(unit);
      if (((unit >>> 8) & 1) == 1) { // a string ends here
        longest = ((long) (i + 1 - from) << Integer.SIZE) | (trie[node] & 0x7fffffff);
      }
    }
    return longest;
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
  }
}
