package org.seq4j.cli;

/** The command cannot do what it was asked; the message is for the user. Exit status 1. */
final class CommandException extends RuntimeException {

  CommandException(String message) {
    super(message);
  }

  CommandException(String message, Throwable cause) {
    super(message, cause);
  }
}
