package org.seq4j.attention;

import org.seq4j.core.config.Key;

/** The keys of the attention {@code luong}. */
public record LuongConfig(
    @Key(
            doc =
                "How a query is compared with a key (Luong et al. 2015, eq. 8): dot (their product;"
                    + " needs equal depths), general (their product with a matrix between) or concat"
                    + " (a layer over both).",
            defaultValue = "general")
        Score score) {

  /** How a query is compared with a key. */
  public enum Score {
    /** {@code q · k}. */
    DOT,
    /** {@code q · (W k)}. */
    GENERAL,
    /** {@code v · tanh(W [q; k])}. */
    CONCAT
  }
}
