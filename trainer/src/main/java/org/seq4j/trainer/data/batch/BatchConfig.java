package org.seq4j.trainer.data.batch;

import org.seq4j.core.plugin.Key;

/** The section {@code training.batch} of a config file: the size of batches. */
public record BatchConfig(
    @Key(doc = "Max size of a batch, in the given unit.", defaultValue = "64", min = 1) int size,
    @Key(
            doc =
                "Unit of size. sequences: pairs of a source and a target; tokens: pairs times the length"
                    + " of the longest sequence of either side, padding included.",
            defaultValue = "sequences")
        Unit unit) {

  /** The unit of the size. */
  public enum Unit {
    /** Pairs of a source and a target. */
    SEQUENCES,
    /** Pairs times the length of the longest sequence of either side. */
    TOKENS
  }

  /** Checks the size for configs that a program creates. */
  public BatchConfig {
    if (size < 1) {
      throw new IllegalArgumentException("size: expected at least 1, got " + size);
    }
  }
}
