package org.seq4j.trainer.data.batch;

import org.seq4j.core.plugin.Key;

/** The section {@code training.batch} of a config file: how large a batch is. */
public record BatchConfig(
    @Key(doc = "The size of a batch, in units.", defaultValue = "64", min = 1) int size,
    @Key(
            doc =
                "sequences: pairs of a source and a target; tokens: rows times the longest sequence"
                    + " of either side, padding included.",
            defaultValue = "sequences")
        Unit unit) {

  /** What the size counts. */
  public enum Unit {
    /** Pairs of a source and a target. */
    SEQUENCES,
    /** Rows times the longest sequence of either side. */
    TOKENS
  }

  /** Checks the size for those who make one without a config file. */
  public BatchConfig {
    if (size < 1) {
      throw new IllegalArgumentException("size: expected at least 1, got " + size);
    }
  }
}
