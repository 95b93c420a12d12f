package org.seq4j.rnn;

/** The way to merge the outputs of the two directions. */
public enum Merge {
  /** Concatenation: twice as deep (Bahdanau et al. 2015, section 3.2). */
  CONCAT,
  /** Sum: as deep as each direction. */
  SUM
}
