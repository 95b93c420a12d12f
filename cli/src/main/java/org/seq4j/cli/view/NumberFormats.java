package org.seq4j.cli.view;

import java.time.Duration;
import java.util.Locale;

/** Formats of numbers, the same in every locale. */
public final class NumberFormats {
  private NumberFormats() {}

  /** Formats a count, "1,234,567". */
  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Formats a count with its noun, "1 pair", "1,000 pairs". */
  public static String count(long number, String singular) {
    return count(number) + " " + singular + (number == 1 ? "" : "s");
  }

  /** Formats a loss or score with four decimals; a tiny one with three significant digits. */
  public static String decimal(double number) {
    boolean tiny = number != 0 && Math.abs(number) < 0.001;
    return String.format(Locale.ROOT, tiny ? "%.2e" : "%.4f", number);
  }

  /** Formats a duration, "45 s", "3 min 12 s", "2 h 5 min". */
  public static String time(Duration time) {
    long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
    if (seconds < 60) {
      return seconds + " s";
    }
    return seconds < 3600
        ? seconds / 60 + " min " + seconds % 60 + " s"
        : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
