package org.seq4j.cli.io;

/** Failure of a command, with a message for the user. Exit status 1. */
public final class CommandException extends RuntimeException {

  public CommandException(String message) {
    super(message);
  }

  public CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
