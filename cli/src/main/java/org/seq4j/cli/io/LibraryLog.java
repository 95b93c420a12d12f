package org.seq4j.cli.io;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.serve.ServerLog;

/**
 * Writes what libraries log, or print to System.err, to the log of a server, in its form. The
 * logger of slf4j-simple flushes the stream after each event, with its stack trace.
 */
public final class LibraryLog implements AutoCloseable {
  private static final Pattern EVENT =
      Pattern.compile("(?s)(TRACE|DEBUG|INFO|WARN|ERROR) (.*?)\\R*");

  private final PrintStream before = System.err;
  private final Optional<Thread.UncaughtExceptionHandler> handlerBefore =
      Optional.ofNullable(Thread.getDefaultUncaughtExceptionHandler());
  private final PrintStream lines;

  private LibraryLog(ServerLog log) {
    lines = new PrintStream(new Events(log), false, StandardCharsets.UTF_8);
  }

  /** Collects bytes until they are flushed. */
  private static final class Events extends ByteArrayOutputStream {
    private final ServerLog log;

    Events(ServerLog log) {
      this.log = log;
    }

    @Override
    public synchronized void flush() {
      String text = toString(StandardCharsets.UTF_8);
      reset();
      if (!text.isBlank()) {
        Matcher event = EVENT.matcher(text);
        if (event.matches()) {
          log.event(level(event.group(1)), event.group(2));
        } else {
          log.event(ServerLog.Level.INFO, text.strip());
        }
      }
    }

    private static ServerLog.Level level(String name) {
      return switch (name) {
        case "ERROR" -> ServerLog.Level.ERROR;
        case "WARN" -> ServerLog.Level.WARN;
        default -> ServerLog.Level.INFO;
      };
    }
  }

  /** Redirects System.err until it is closed. */
  public static LibraryLog redirect(ServerLog log) {
    LibraryLog redirected = new LibraryLog(log);
    System.setErr(redirected.lines);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            log.failure(Optional.empty(), "the thread " + thread.getName() + " failed", failure));
    return redirected;
  }

  @Override
  public void close() {
    System.setErr(before);
    Thread.setDefaultUncaughtExceptionHandler(handlerBefore.orElse(null));
    lines.flush();
  }
}
