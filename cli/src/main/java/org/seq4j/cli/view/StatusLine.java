package org.seq4j.cli.view;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/** The last line of a terminal, redrawn in place, with lines of text above it. */
final class StatusLine implements ProgressBarConsumer {
  private static final String TO_START = "\r";
  private static final String CLEAR = "\r\u001b[K"; // ECMA-48: erase in line

  private final PrintStream terminal;
  private final int columns;
  private String shown = "";
  private boolean closed;

  StatusLine(PrintStream terminal, int columns) {
    this.terminal = terminal;
    this.columns = columns;
  }

  @Override
  public int getMaxRenderedLength() {
    return columns - 1; // in the last column the cursor would wrap
  }

  /** Draws the line; the thread of the bar calls this, too. */
  @Override
  public synchronized void accept(String line) {
    if (!closed) {
      shown = line;
      terminal.print(TO_START + line);
      terminal.flush();
    }
  }

  /** Prints a line of text above the status line. */
  synchronized void print(String text) {
    terminal.print(CLEAR + text + System.lineSeparator() + (closed ? "" : shown));
    terminal.flush();
  }

  /** Erases the line. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      terminal.print(CLEAR);
      terminal.flush();
    }
  }
}
