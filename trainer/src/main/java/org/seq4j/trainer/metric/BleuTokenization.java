package org.seq4j.trainer.metric;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The tokenizations of sacreBLEU (Post 2018): {@code 13a} is that of mteval-v13a, {@code intl} that
 * of mteval-v14 with international tokenization.
 */
final class BleuTokenization {
  private static final Map<String, UnaryOperator<String>> BY_NAME =
      Map.of(
          "none", text -> text,
          "13a", BleuTokenization::v13a,
          "intl", BleuTokenization::international,
          "char", BleuTokenization::characters,
          "zh", BleuTokenization::chinese);

  private static final Pattern PUNCTUATION = Pattern.compile("([{-~\\[-` -&(-+:-@/])");
  private static final Pattern POINT_AFTER_OTHER = Pattern.compile("([^0-9])([.,])");
  private static final Pattern POINT_BEFORE_OTHER = Pattern.compile("([.,])([^0-9])");
  private static final Pattern DASH_AFTER_DIGIT = Pattern.compile("([0-9])(-)");

  private static final Pattern MARK_AFTER_OTHER = Pattern.compile("(\\P{N})(\\p{P})");
  private static final Pattern MARK_BEFORE_OTHER = Pattern.compile("(\\p{P})(\\P{N})");
  private static final Pattern TOKEN = Pattern.compile("(\\p{S})");

  private BleuTokenization() {}

  static UnaryOperator<String> named(String name) {
    UnaryOperator<String> found = BY_NAME.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "tokenize: expected one of %s, got '%s'"
              .formatted(
                  BY_NAME.keySet().stream().sorted().collect(Collectors.joining(", ")), name));
    }
    return found;
  }

  private static String v13a(String text) {
    String line = text.replace("<skipped>", "").replace("-\n", "").replace('\n', ' ');
    return western(" " + unescaped(line) + " ");
  }

  static String unescaped(String text) {
    return text.indexOf('&') < 0
        ? text
        : text.replace("&quot;", "\"")
            .replace("&amp;", "&")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
  }

  private static String western(String text) {
    return pointsApart(punctuationApart(text));
  }

  static String punctuationApart(String text) {
    return PUNCTUATION.matcher(text).replaceAll(" $1 ");
  }

  /** Splits off points and commas outside numbers, and dashes after numbers. */
  static String pointsApart(String text) {
    String line = POINT_AFTER_OTHER.matcher(text).replaceAll("$1 $2 ");
    line = POINT_BEFORE_OTHER.matcher(line).replaceAll(" $1 $2");
    return DASH_AFTER_DIGIT.matcher(line).replaceAll("$1 $2 ");
  }

  private static String international(String text) {
    String line = MARK_AFTER_OTHER.matcher(text).replaceAll("$1 $2 ");
    line = MARK_BEFORE_OTHER.matcher(line).replaceAll(" $1 $2");
    return TOKEN.matcher(line).replaceAll(" $1 ");
  }

  private static String characters(String text) {
    return text.codePoints().mapToObj(Character::toString).collect(Collectors.joining(" "));
  }

  private static String chinese(String text) {
    StringBuilder line = new StringBuilder();
    PythonText.strip(text)
        .codePoints()
        .forEach(
            c -> {
              if (isChinese(c)) {
                line.append(' ').appendCodePoint(c).append(' ');
              } else {
                line.appendCodePoint(c);
              }
            });
    return western(line.toString());
  }

  /**
   * Returns true for the ranges of sacreBLEU, which include U+2001 to U+2A6D and U+2F81 to U+2FA1
   * by mistake.
   */
  private static boolean isChinese(int c) {
    return (c >= 0x3400 && c <= 0x4db5)
        || (c >= 0x4e00 && c <= 0x9fbb)
        || (c >= 0xf900 && c <= 0xfa2d)
        || (c >= 0xfa30 && c <= 0xfa6a)
        || (c >= 0xfa70 && c <= 0xfad9)
        || (c >= 0x2001 && c <= 0x2a6d)
        || (c >= 0xff00 && c <= 0xffef)
        || (c >= 0x2e80 && c <= 0x2fdf)
        || (c >= 0x2ff0 && c <= 0x303f)
        || (c >= 0x3100 && c <= 0x312f)
        || (c >= 0x31a0 && c <= 0x31bf)
        || (c >= 0x31c0 && c <= 0x31ef)
        || (c >= 0x3200 && c <= 0x33ff)
        || (c >= 0xfe10 && c <= 0xfe1f)
        || (c >= 0xfe30 && c <= 0xfe4f);
  }
}
