package org.seq4j.rnn;

/** How what two directions find becomes one. */
public enum Merge {
  /** Side by side: twice as deep (Bahdanau et al. 2015, section 3.2). */
  CONCAT,
  /** Added: as deep as each. */
  SUM
}
