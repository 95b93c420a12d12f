package org.seq4j.trainer.data.split;

import java.util.Optional;
import org.seq4j.core.plugin.Key;

/** The part of the training data that is held out for validation. */
public record HeldOutConfig(
    @Key(doc = "Share of sources to hold out, between 0 and 1.", min = 0, max = 1)
        Optional<Double> fraction,
    @Key(
            doc = "Number of distinct sources to hold out, instead of fraction.",
            min = 1,
            excludes = "fraction")
        Optional<Integer> count,
    @Key(
            doc =
                "Unit that is never divided between training and validation: source keeps all lines with"
                    + " the same source together.",
            defaultValue = "source")
        By by,
    @Key(
            doc =
                "Random seed of the selection. It is independent of the experiment's seed, so that runs"
                    + " with different seeds are validated on the same lines.",
            defaultValue = "1")
        long seed) {

  /** The unit that is never divided between training and validation. */
  public enum By {
    /** The text of the source. */
    SOURCE
  }

  /** Checks that either fraction or count is set and valid. */
  public HeldOutConfig {
    if (fraction.isPresent() == count.isPresent()) {
      throw new IllegalArgumentException("set either fraction or count");
    }
    if (fraction.isPresent() && !(fraction.get() > 0 && fraction.get() < 1)) {
      throw new IllegalArgumentException(
          "fraction: expected a number between 0 and 1, got " + fraction.get());
    }
    if (count.isPresent() && count.get() < 1) {
      throw new IllegalArgumentException("count: expected at least 1, got " + count.get());
    }
  }

  /** Returns a config that holds out a share of the sources. */
  public static HeldOutConfig fraction(double fraction) {
    return new HeldOutConfig(Optional.of(fraction), Optional.empty(), By.SOURCE, 1);
  }

  /** Returns a config that holds out a number of sources. */
  public static HeldOutConfig count(int count) {
    return new HeldOutConfig(Optional.empty(), Optional.of(count), By.SOURCE, 1);
  }
}
