package org.seq4j.cli.io;

import org.seq4j.runtime.error.UserException;

/** Failure of a command, with a message for the user. Exit status 1. */
public final class CommandException extends UserException.OfRequest {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message);
  }

  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
