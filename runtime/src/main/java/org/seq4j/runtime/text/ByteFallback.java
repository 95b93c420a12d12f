package org.seq4j.runtime.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.seq4j.core.text.Vocabulary;

/**
 * Writes unknown tokens as the bytes of their UTF-8 encoding, {@code <0xC3>}, followed by an end
 * token, {@code <0x>}, which separates consecutive ones. With these 257 tokens in the vocabulary,
 * no token is unknown.
 */
public final class ByteFallback {
  private static final String END = "<0x>";
  private static final List<String> TOKENS = tokens();
  private static final Map<String, Integer> VALUES =
      IntStream.range(0, 256).boxed().collect(Collectors.toMap(TOKENS::get, value -> value));

  private ByteFallback() {}

  private static List<String> tokens() {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      tokens.add(String.format(Locale.ROOT, "<0x%02X>", i));
    }
    tokens.add(END);
    return List.copyOf(tokens);
  }

  /** The byte tokens and the end token. */
  static List<String> all() {
    return TOKENS;
  }

  /** Returns true if a vocabulary contains these tokens. */
  public static boolean isIn(CountedVocabulary vocabulary) {
    return vocabulary.id(END) != Vocabulary.UNKNOWN;
  }

  /** Replaces unknown tokens by their bytes. */
  public static List<String> spell(List<String> tokens, CountedVocabulary vocabulary) {
    List<String> spelled = new ArrayList<>(tokens.size());
    for (String token : tokens) {
      if (vocabulary.id(token) != Vocabulary.UNKNOWN) {
        spelled.add(token);
      } else {
        for (byte b : token.getBytes(UTF_8)) {
          spelled.add(TOKENS.get(b & 0xFF));
        }
        spelled.add(END);
      }
    }
    return spelled;
  }

  /**
   * Joins bytes to tokens; bytes that are not valid UTF-8, which only a model can produce, become
   * U+FFFD.
   */
  public static List<String> join(List<String> tokens) {
    List<String> joined = new ArrayList<>(tokens.size());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String token : tokens) {
      Integer value = VALUES.get(token);
      if (value != null) {
        bytes.write(value);
        continue;
      }
      flush(bytes, joined);
      if (!token.equals(END)) {
        joined.add(token);
      }
    }
    flush(bytes, joined);
    return joined;
  }

  private static void flush(ByteArrayOutputStream bytes, List<String> to) {
    if (bytes.size() > 0) {
      to.add(bytes.toString(UTF_8));
      bytes.reset();
    }
  }
}
