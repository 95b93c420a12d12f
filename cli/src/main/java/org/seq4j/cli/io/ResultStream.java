package org.seq4j.cli.io;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Stdout; a failed write ends the command. A {@link java.io.PrintStream} around it would swallow an
 * {@link IOException}, so failures are thrown as unchecked exceptions.
 */
final class ResultStream extends OutputStream {
  private final OutputStream out;
  private boolean failed; // thrown once; data still in buffers are lost anyway

  ResultStream(OutputStream out) {
    this.out = out;
  }

  /** The reader has closed the pipe, as in {@code seq4j translate RUN | head}: not an error. */
  static final class ClosedException extends RuntimeException {
    ClosedException(IOException cause) {
      super(cause);
    }
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    if (failed) {
      return;
    }
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void flush() {
    if (failed) {
      return;
    }
    try {
      out.flush();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private RuntimeException failure(IOException e) {
    failed = true;
    String message = String.valueOf(e.getMessage());
    return message.toLowerCase(Locale.ROOT).contains("broken pipe")
        ? new ClosedException(e)
        : new CommandException("cannot write the results to stdout: " + message, e);
  }
}
