package org.seq4j.trainer.data.split;

import java.util.Optional;
import org.seq4j.core.plugin.Key;

/** Which part of the training data is cut off for validation. */
public record HeldOutConfig(
    @Key(doc = "The share of sources that is cut off, between 0 and 1.", min = 0, max = 1)
        Optional<Double> fraction,
    @Key(doc = "The number of different sources that are cut off, instead of fraction.", min = 1)
        Optional<Integer> count,
    @Key(
            doc =
                "What is never on both sides of the cut: source keeps all lines with the same"
                    + " source together.",
            defaultValue = "source")
        By by,
    @Key(
            doc =
                "Another seed cuts off other lines. It is not the experiment's, so that runs with"
                    + " different seeds are validated on the same lines.",
            defaultValue = "1")
        long seed) {

  /** What is never on both sides of the cut. */
  public enum By {
    /** The text of the source. */
    SOURCE
  }

  /** Checks that fraction or count is given, and is possible. */
  public HeldOutConfig {
    if (fraction.isPresent() == count.isPresent()) {
      throw new IllegalArgumentException("give either fraction or count");
    }
    if (fraction.isPresent() && !(fraction.get() > 0 && fraction.get() < 1)) {
      throw new IllegalArgumentException(
          "fraction: expected a number between 0 and 1, got " + fraction.get());
    }
    if (count.isPresent() && count.get() < 1) {
      throw new IllegalArgumentException("count: expected at least 1, got " + count.get());
    }
  }

  /** A share of the sources. */
  public static HeldOutConfig fraction(double fraction) {
    return new HeldOutConfig(Optional.of(fraction), Optional.empty(), By.SOURCE, 1);
  }

  /** A number of sources. */
  public static HeldOutConfig count(int count) {
    return new HeldOutConfig(Optional.empty(), Optional.of(count), By.SOURCE, 1);
  }
}
