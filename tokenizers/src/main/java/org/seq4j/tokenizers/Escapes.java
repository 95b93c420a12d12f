package org.seq4j.tokenizers;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Escape sequences of characters that are special to the Moses decoder. */
final class Escapes {
  private static final Map<String, String> ESCAPES =
      Map.of(
          "&", "&amp;", "|", "&#124;", "<", "&lt;", ">", "&gt;", "'", "&apos;", "\"", "&quot;", "[",
          "&#91;", "]", "&#93;");

  private static final Map<String, String> CHARACTERS =
      Map.of(
          "&bar;", "|", "&#124;", "|", "&lt;", "<", "&gt;", ">", "&bra;", "[", "&ket;", "]",
          "&quot;", "\"", "&apos;", "'", "&#91;", "[", "&#93;", "]");

  private static final Pattern SPECIAL = Pattern.compile("[&|<>'\"\\[\\]]");
  private static final Pattern ESCAPED =
      Pattern.compile("&(?:bar|#124|lt|gt|bra|ket|quot|apos|#91|#93);");

  private Escapes() {}

  static String escape(String text) {
    return replace(text, SPECIAL, ESCAPES);
  }

  static String unescape(String text) {
    return replace(text, ESCAPED, CHARACTERS).replace("&amp;", "&");
  }

  private static String replace(String text, Pattern pattern, Map<String, String> by) {
    return pattern
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(by.getOrDefault(match.group(), "")));
  }
}
