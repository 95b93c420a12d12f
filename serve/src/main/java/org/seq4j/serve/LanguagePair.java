package org.seq4j.serve;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The languages of a model whose name is SOURCE-TARGET, such as {@code en-de}.
 *
 * @param source the code of a language (ISO 639), which may have a region or script: {@code pt_BR}
 */
record LanguagePair(String source, String target) {
  private static final String CODE = "([a-z]{2,3}(?:_[A-Za-z]{2,8})?)";
  private static final Pattern PAIR = Pattern.compile(CODE + "-" + CODE);

  /** Returns the languages in the name of a model; empty if it has none. */
  static Optional<LanguagePair> of(String model) {
    Matcher pair = PAIR.matcher(model);
    return pair.matches() && isLanguage(pair.group(1)) && isLanguage(pair.group(2))
        ? Optional.of(new LanguagePair(pair.group(1), pair.group(2)))
        : Optional.empty();
  }

  private static boolean isLanguage(String code) {
    Locale locale = locale(code);
    return !locale.getLanguage().isEmpty()
        && !locale.getDisplayLanguage(Locale.ENGLISH).equals(locale.getLanguage());
  }

  /** Returns the English name of a language. */
  static String name(String code) {
    return locale(code).getDisplayName(Locale.ENGLISH);
  }

  private static Locale locale(String code) {
    return Locale.forLanguageTag(code.replace('_', '-'));
  }
}
