package org.seq4j.trainer.data.corpus;

/** What is done about a malformed line. */
public enum OnError {
  /** Reading ends. */
  STOP,
  /** The line is left out and counted. */
  SKIP
}
