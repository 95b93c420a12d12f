package org.seq4j.trainer.data.corpus;

/** The reaction to a malformed line of training data. */
public enum OnError {
  /** Stops with an error. */
  STOP,
  /** Skips the line and counts it. */
  SKIP
}
