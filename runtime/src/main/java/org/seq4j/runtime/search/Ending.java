package org.seq4j.runtime.search;

/** The reason why a hypothesis has no further token. */
public enum Ending {
  /** It ends with the end token. */
  END,
  /** It has the maximum number of tokens. */
  LENGTH,
  /** No further token was possible. */
  DEAD_END,
  /** The caller stopped the search. */
  STOPPED
}
