package org.seq4j.tokenizers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.seq4j.core.text.Token;
import org.seq4j.core.text.Tokenizer;

/**
 * Splits text into the bytes of its UTF-8 encoding, written {@code <0x41>}: 256 tokens represent
 * any text, so that none is unknown. Detokenization is exact: an unpaired surrogate, which UTF-8
 * cannot represent, is written as the three bytes that UTF-8 would give its number. Bytes that are
 * not valid UTF-8, which only a model can produce, become U+FFFD.
 */
public final class ByteTokenizer implements Tokenizer {
  private static final int REPLACEMENT = 0xFFFD;
  private static final String[] TOKENS = new String[256];

  static {
    for (int i = 0; i < TOKENS.length; i++) {
      TOKENS[i] = String.format(Locale.ROOT, "<0x%02X>", i);
    }
  }

  @Override
  public List<Token> tokenize(String text) {
    List<Token> tokens = new ArrayList<>(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int end = i + Character.charCount(c);
      int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
      int lead = more == 0 ? 0 : (0xF00 >> (more + 1)) & 0xFF;
      tokens.add(
          new Token(
              TOKENS[lead | (c >> (6 * more))], i, end)); // the first token covers the character
      for (int k = more - 1; k >= 0; k--) {
        tokens.add(new Token(TOKENS[0x80 | ((c >> (6 * k)) & 0x3F)], end, end));
      }
      i = end;
    }
    return tokens;
  }

  @Override
  public String detokenize(List<String> tokens) {
    int[] bytes = tokens.stream().mapToInt(ByteTokenizer::value).toArray();
    StringBuilder text = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; ) {
      int more = more(bytes[i]);
      int c = more < 0 ? REPLACEMENT : character(bytes, i, more);
      text.appendCodePoint(c);
      i += c == REPLACEMENT && !isWritten(bytes, i) ? 1 : 1 + more;
    }
    return text.toString();
  }

  /** Returns true if the bytes encode U+FFFD itself. */
  private static boolean isWritten(int[] bytes, int at) {
    return more(bytes[at]) == 2 && character(bytes, at, 2) == REPLACEMENT && bytes[at] == 0xEF;
  }

  /**
   * Returns the number of bytes after the first byte of a character; negative if it is not a first
   * byte.
   */
  private static int more(int lead) {
    if (lead < 0 || (lead >= 0x80 && lead < 0xC2) || lead > 0xF4) {
      return -1;
    }
    return lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
  }

  private static int character(int[] bytes, int at, int more) {
    if (at + more >= bytes.length) {
      return REPLACEMENT;
    }
    int c = more == 0 ? bytes[at] : bytes[at] & (0x3F >> more);
    for (int k = 1; k <= more; k++) {
      if ((bytes[at + k] & 0xC0) != 0x80) {
        return REPLACEMENT;
      }
      c = (c << 6) | (bytes[at + k] & 0x3F);
    }
    int least = more == 0 ? 0 : more == 1 ? 0x80 : more == 2 ? 0x800 : 0x10000;
    return c < least || c > Character.MAX_CODE_POINT ? REPLACEMENT : c;
  }

  private static int value(String token) {
    try {
      return token.length() == 6 && token.startsWith("<0x")
          ? Integer.parseInt(token.substring(3, 5), 16)
          : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
