package org.seq4j.attention;

import java.util.Optional;
import org.seq4j.core.config.Key;
import org.seq4j.core.layers.Normalizer;

/** The keys of the attention {@code multi-head}. */
public record MultiHeadConfig(
    @Key(doc = "How many heads look side by side.", defaultValue = "4", min = 1) int heads,
    @Key(
            doc =
                "The size of all heads together, a multiple of their number; the depth of the memory"
                    + " unless given.",
            min = 1)
        Optional<Integer> units,
    @Key(
            doc =
                "How scores become weights: softmax, or sparsemax, which gives most positions exactly 0"
                    + " (Martins and Astudillo 2016).",
            defaultValue = "softmax")
        Normalizer normalizer) {

  /** Checks that the heads have one size. */
  public MultiHeadConfig {
    if (units.isPresent() && units.get() % heads != 0) {
      throw new IllegalArgumentException(
          "units: expected a multiple of heads, which is " + heads + ", got " + units.get());
    }
  }
}
