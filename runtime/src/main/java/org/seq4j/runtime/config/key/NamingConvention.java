package org.seq4j.runtime.config.key;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts Java names to names in config files. */
public final class NamingConvention {
  private static final Pattern TIME =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,8})m)?(?:(\\d{1,9})s)?");

  private NamingConvention() {}

  /** Returns the key of a record component: {@code learning_rate} for {@code learningRate}. */
  public static String key(String component) {
    return component
        .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** Returns the value of an enum constant: {@code inverse-sqrt} for {@code INVERSE_SQRT}. */
  public static String value(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Writes a duration: {@code 1h30m}; exact to the second. */
  public static String value(Duration time) {
    return time.isZero() ? "0s" : time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  /** Parses a duration; returns empty if the text is invalid. */
  public static Optional<Duration> time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofHours(number(matcher, 1))
            .plusMinutes(number(matcher, 2))
            .plusSeconds(number(matcher, 3)));
  }

  private static long number(Matcher matcher, int group) {
    return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
  }
}
