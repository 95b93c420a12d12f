package org.seq4j.runtime.search;

import java.util.Optional;
import org.seq4j.core.plugin.Key;

/** The number of tokens that a hypothesis may have, the end token not counted. */
public record LengthConfig(
    @Key(doc = "The minimum number of tokens.", defaultValue = "0", min = 0) int min,
    @Key(
            doc = "The minimum by the source: at least min_ratio x source length tokens.",
            defaultValue = "0",
            min = 0)
        double minRatio,
    @Key(
            doc =
                "The maximum number of tokens for any source. Absent: max_ratio and max_extra give"
                    + " it by the source's length.",
            min = 1)
        Optional<Integer> max,
    @Key(
            doc =
                "Without max, a hypothesis has at most max_ratio x source length + max_extra"
                    + " tokens.",
            defaultValue = "2",
            min = 0)
        double maxRatio,
    @Key(doc = "See max_ratio; it leaves room for short sources.", defaultValue = "10", min = 0)
        int maxExtra) {

  /** Checks that there are lengths from the minimum to the maximum. */
  public LengthConfig {
    if (max.isPresent() && min > max.get()) {
      throw new IllegalArgumentException(
          "min: expected at most max, which is %d, got %d".formatted(max.get(), min));
    }
  }

  /** The maximum for a source of so many tokens or vectors. */
  public int maxFor(int sourceLength) {
    return max.orElseGet(
        () -> (int) Math.min(maxRatio * sourceLength + maxExtra, Integer.MAX_VALUE - 8));
  }

  /** The minimum for a source of so many tokens or vectors; never more than the maximum. */
  public int minFor(int sourceLength) {
    double atLeast = Math.max(min, Math.ceil(minRatio * sourceLength));
    return (int) Math.min(atLeast, maxFor(sourceLength));
  }
}
