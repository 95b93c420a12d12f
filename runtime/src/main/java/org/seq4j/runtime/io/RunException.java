package org.seq4j.runtime.io;

import org.seq4j.runtime.error.UserException;

/**
 * Reports a problem with the files of a run, or that they cannot be written. The message states the
 * problem, the file and the remedy.
 */
public final class RunException extends UserException.OfRun {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with a message for the user. */
  public RunException(String message) {
    super(message, null);
  }

  /** Creates an exception with a message for the user and its cause. */
  public RunException(String message, Throwable cause) {
    super(message, cause);
  }
}
