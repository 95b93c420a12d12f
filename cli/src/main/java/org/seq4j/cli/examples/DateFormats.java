package org.seq4j.cli.examples;

import java.text.DateFormat;
import java.time.LocalDate;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.seq4j.trainer.data.corpus.DataException;

/** The date formats of a dozen countries in the locale data of the Java runtime. */
final class DateFormats {
  private static final List<String> LANGUAGES =
      List.of(
          "en-GB", "en-US", "de-DE", "fr-FR", "es-ES", "it-IT", "pt-BR", "nl-NL", "sv-SE", "pl-PL",
          "ru-RU", "ja-JP");
  private static final Pattern QUOTED = Pattern.compile("'[^']*'");
  private static final Pattern TWO_DIGIT_YEAR = Pattern.compile("(?<![yu])(yy|uu)(?![yu])");
  private static final Pattern SPACES = Pattern.compile("[\\h\\s]+");

  private DateFormats() {}

  /** A date format of a locale. */
  record Format(Locale locale, String pattern) {
    String write(LocalDate date) {
      DateTimeFormatter formatter = DateTimeFormatter.ofPattern(pattern, locale);
      // Releases of the locale data differ in no-break and plain spaces.
      return SPACES.matcher(formatter.format(date)).replaceAll(" ");
    }
  }

  /**
   * Returns the unambiguous formats. Formats with two-digit years are omitted, since 03 may be 1903
   * or 2003. If two formats write different days alike, such as 03/04/2005 in Britain and in
   * America, the first one is kept.
   */
  static List<Format> unambiguous() {
    Map<String, LocalDate> meaning = new HashMap<>();
    List<Format> kept = new ArrayList<>();
    for (Format format : all()) {
      Map<String, LocalDate> own = year(format);
      boolean clash =
          own.entrySet().stream()
              .anyMatch(
                  written ->
                      !meaning
                          .getOrDefault(written.getKey(), written.getValue())
                          .equals(written.getValue()));
      if (!clash) {
        meaning.putAll(own);
        kept.add(format);
      }
    }
    return kept;
  }

  /** Maps the written form of each day of a year to the day; only day and month are ambiguous. */
  private static Map<String, LocalDate> year(Format format) {
    Map<String, LocalDate> written = new HashMap<>();
    LocalDate end = LocalDate.of(2005, 1, 1);
    for (LocalDate day = LocalDate.of(2004, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
      written.put(format.write(day), day);
    }
    return written;
  }

  private static Set<Format> all() {
    Set<Locale> available = new HashSet<>(Arrays.asList(DateFormat.getAvailableLocales()));
    Set<Format> formats = new LinkedHashSet<>();
    for (String language : LANGUAGES) {
      Locale locale = Locale.forLanguageTag(language);
      if (!available.contains(locale)) {
        throw new DataException(
            "this Java runtime has no locale data for "
                + language
                + "; expected one with the module jdk.localedata");
      }
      for (FormatStyle style : FormatStyle.values()) {
        String pattern =
            DateTimeFormatterBuilder.getLocalizedDateTimePattern(
                style, null, IsoChronology.INSTANCE, locale);
        if (!TWO_DIGIT_YEAR.matcher(QUOTED.matcher(pattern).replaceAll("")).find()) {
          formats.add(new Format(locale, pattern));
        }
      }
    }
    return formats;
  }
}
