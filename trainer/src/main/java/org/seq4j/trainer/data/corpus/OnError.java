package org.seq4j.trainer.data.corpus;

/** The reaction to a malformed line of training data. */
public enum OnError {
  /** Reading ends. */
  STOP,
  /** The line is left out and counted. */
  SKIP
}
