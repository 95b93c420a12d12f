package org.seq4j.trainer.metric;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The tokenization of Tercom, as sacreBLEU implements Tercom's Normalizer. */
final class TerTokenization {
  private static final Pattern POSSESSIVE = Pattern.compile("'s(?= |$)");
  private static final Pattern PUNCTUATION = Pattern.compile("[.,?:;!\"()]");

  private static final Pattern ASIAN_PUNCTUATION =
      Pattern.compile("([\\u3001\\u3002\\u3008-\\u3011\\u3014-\\u301f\\uff61-\\uff65\\u30fb])");
  private static final Pattern WIDE_PUNCTUATION =
      Pattern.compile("([\\uff0e\\uff0c\\uff1f\\uff1a\\uff1b\\uff01\\uff02\\uff08\\uff09])");

  /** The patterns in order: Han, strokes and radicals, compatibility forms, enclosed letters. */
  private static final List<Pattern> ASIAN =
      List.of(
          Pattern.compile("([\\u4e00-\\u9fff\\u3400-\\u4dbf])"),
          Pattern.compile("([\\u31c0-\\u31ef\\u2e80-\\u2eff])"),
          Pattern.compile("([\\u3300-\\u33ff\\uf900-\\ufaff\\ufe30-\\ufe4f])"),
          Pattern.compile("([\\u3200-\\u3f22])"));

  /** Patterns of sacreBLEU: kana are words only where a text consists of them. */
  private static final List<Pattern> KANA =
      List.of(kana("\\u3040-\\u309f"), kana("\\u30a0-\\u30ff"), kana("\\u31f0-\\u31ff"));

  private final TerMetric.Config config;

  TerTokenization(TerMetric.Config config) {
    this.config = config;
  }

  private static Pattern kana(String range) {
    return Pattern.compile("(^|^[%s])([%s]+)(?=$|^[%s])".formatted(range, range, range));
  }

  String apply(String text) {
    String line = config.caseSensitive() ? text : text.toLowerCase(Locale.ROOT);
    if (config.normalized()) {
      line = western(line);
      if (config.asianSupport()) {
        line = asian(line);
      }
      line = String.join(" ", PythonText.words(line));
    }
    if (!config.punctuation()) {
      line = PUNCTUATION.matcher(line).replaceAll("");
      if (config.asianSupport()) {
        line = ASIAN_PUNCTUATION.matcher(line).replaceAll("");
        line = WIDE_PUNCTUATION.matcher(line).replaceAll("");
      }
    }
    return line;
  }

  private static String western(String text) {
    String line = BleuTokenization.unescaped(text.replace("\n-", "").replace("\n", " "));
    line = BleuTokenization.punctuationApart(" " + line + " ");
    return BleuTokenization.pointsApart(POSSESSIVE.matcher(line).replaceAll(" 's"));
  }

  private static String asian(String text) {
    String line = text;
    for (Pattern pattern : ASIAN) {
      line = pattern.matcher(line).replaceAll(" $1 ");
    }
    for (Pattern pattern : KANA) {
      line = pattern.matcher(line).replaceAll("$1 $2 ");
    }
    line = ASIAN_PUNCTUATION.matcher(line).replaceAll(" $1 ");
    return WIDE_PUNCTUATION.matcher(line).replaceAll(" $1 ");
  }
}
