package org.seq4j.runtime.io;

import org.seq4j.runtime.error.UserException;

/**
 * Something is wrong with the files of a run, or they cannot be written. The message says what,
 * where, and what to do.
 */
public final class RunException extends UserException.OfRun {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public RunException(String message) {
    super(message, null);
  }

  /** What is wrong, and what it comes from. */
  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
