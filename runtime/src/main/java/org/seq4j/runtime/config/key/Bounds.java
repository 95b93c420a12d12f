package org.seq4j.runtime.config.key;

import java.math.BigDecimal;

/** The numbers that a key allows. */
public record Bounds(double min, double max) {
  /** Allows every number. */
  public static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  private boolean bounded() {
    return !equals(NONE);
  }

  /** Whether a number is allowed; where there is any bound, it must be finite too. */
  public boolean allow(double value) {
    return !bounded() || (Double.isFinite(value) && value >= min && value <= max);
  }

  /** ", at least 1", or nothing. */
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
