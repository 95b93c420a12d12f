package org.seq4j.runtime.search;

import java.util.Locale;
import java.util.Optional;
import org.seq4j.core.plugin.Key;

/**
 * Bounds of the number of tokens of a hypothesis, without the end token. The keys have bounds, too:
 * a model that never ends its output would otherwise be searched until memory is full.
 */
public record LengthConfig(
    @Key(doc = "The minimum number of tokens.", defaultValue = "0", min = 0, max = 100_000) int min,
    @Key(
            doc = "The minimum relative to the source: at least min_ratio x source length tokens.",
            defaultValue = "0",
            min = 0,
            max = 1_000)
        double minRatio,
    @Key(
            doc =
                "The maximum number of tokens for every source. Absent: max_ratio and"
                    + " max_extra set it by the source length.",
            min = 1,
            max = 100_000)
        Optional<Integer> max,
    @Key(
            doc = "Without max, the maximum is max_ratio x source length + max_extra tokens.",
            defaultValue = "2",
            min = 0,
            max = 1_000)
        double maxRatio,
    @Key(
            doc = "See max_ratio; allows longer targets for short sources.",
            defaultValue = "10",
            min = 0,
            max = 100_000)
        int maxExtra) {

  /** Checks that the minimum does not exceed the maximum. */
  public LengthConfig {
    if (max.isPresent() && min > max.get()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "min: expected at most max, which is %d, got %d", max.get(), min));
    }
  }

  /** Returns the maximum for a source with a number of tokens or vectors. */
  public int maxFor(int sourceLength) {
    return max.orElseGet(
        () -> (int) Math.min(maxRatio * sourceLength + maxExtra, Integer.MAX_VALUE - 8));
  }

  /**
   * Returns the minimum for a source with a number of tokens or vectors, limited to the maximum.
   */
  public int minFor(int sourceLength) {
    double atLeast = Math.max(min, Math.ceil(minRatio * sourceLength));
    return (int) Math.min(atLeast, maxFor(sourceLength));
  }
}
