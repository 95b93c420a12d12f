package org.seq4j.cli.view;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.seq4j.cli.io.Console;

/** Progress of transfers: redrawn in the last line of a terminal, lines of text elsewhere. */
public final class TransferProgress implements AutoCloseable {
  private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

  private final Console console;
  private final Optional<StatusLine> status;
  private long next = System.nanoTime() + INTERVAL;

  public TransferProgress(Console console) {
    this.console = console;
    this.status =
        console.errIsTerminal()
            ? Optional.of(new StatusLine(console.err(), console.columns()))
            : Optional.empty();
  }

  /**
   * Reports how much of something is there.
   *
   * @param total its size in bytes; negative if it is unknown
   */
  public void at(String name, long bytes, long total) {
    String size = megabytes(bytes) + (total < 0 ? "" : " of " + megabytes(total)) + " MB";
    if (status.isPresent()) {
      show(size + "  " + name);
    } else if (System.nanoTime() - next >= 0) {
      next = System.nanoTime() + INTERVAL;
      console.err().println("fetching " + name + ": " + size);
    }
  }

  /** Reports that all of something is there. */
  public void done(String name, long bytes) {
    print("fetched " + name + ", " + megabytes(bytes) + " MB");
  }

  /** Prints a line that is not overwritten. */
  public void print(String text) {
    show("");
    status.ifPresentOrElse(line -> line.print(text), () -> console.err().println(text));
  }

  /** Draws the status line, filled with spaces that overwrite the one before. */
  private void show(String text) {
    status.ifPresent(
        line -> {
          int room = line.getMaxRenderedLength();
          String cut = text.length() > room ? text.substring(0, room) : text;
          line.accept(text.isEmpty() ? "" : cut + " ".repeat(room - cut.length()));
        });
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / 1e6);
  }

  @Override
  public void close() {
    status.ifPresent(StatusLine::close);
  }
}
