package org.seq4j.runtime.search;

/** Why a hypothesis has no further symbol. */
public enum Ending {
  /** The model ended it. */
  END,
  /** It has as many symbols as are allowed. */
  LENGTH,
  /** No further symbol was possible. */
  DEAD_END,
  /** Whoever watched the search stopped it. */
  STOPPED
}
