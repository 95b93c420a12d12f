package org.seq4j.runtime.config.key;

import java.math.BigDecimal;

/** The bounds of a number, inclusive. */
public record Bounds(double min, double max) {
  /** No bounds. */
  public static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private boolean bounded() {
    return !equals(NONE);
  }

  /** Returns true if a number is within the bounds; with any bound, it must also be finite. */
  public boolean allow(double value) {
    return !bounded() || (Double.isFinite(value) && value >= min && value <= max);
  }

  /** Returns ", at least 1", or an empty string. */
  @Override
  public String toString() {
    boolean below = min != Double.NEGATIVE_INFINITY;
    boolean above = max != Double.POSITIVE_INFINITY;
    if (below && above) {
      return " from " + plain(min) + " to " + plain(max);
    }
    return below ? ", at least " + plain(min) : above ? ", at most " + plain(max) : "";
  }

  private static String plain(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }
}
