package org.seq4j.cli.io;

import com.google.inject.ProvisionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.error.UserException;
import org.seq4j.runtime.io.AtomicFiles;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * The one place that turns exceptions into messages and exit statuses. A broken plugin is status 1:
 * no config file names it.
 */
public final class ErrorReport {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  static final int BAD_CONFIG = 3;

  private final Console console;
  private final GlobalOptions options;

  public ErrorReport(Console console, GlobalOptions options) {
    this.console = console;
    this.options = options;
  }

  /** Tells the user what went wrong, and gives the exit status. */
  public int report(Throwable thrown) {
    Throwable error = unwrapped(thrown);
    if (error instanceof ResultStream.ClosedException) {
      return DONE; // whoever reads the results has enough
    }
    if (error instanceof ConfigException e) {
      console.err().println(e.getMessage()); // begins with the file, as compilers' messages do
      MissingExampleData.hint(e, console).ifPresent(console.err()::println);
    } else {
      console.err().println("seq4j: " + message(error));
    }
    if (options.verbose()) {
      thrown.printStackTrace(console.err());
    }
    boolean config = error instanceof ConfigException || error instanceof ComponentException;
    return config ? BAD_CONFIG : FAILED;
  }

  /** What Guice threw, or a stream could not throw, is in another exception. */
  private static Throwable unwrapped(Throwable thrown) {
    boolean wrapper =
        thrown instanceof ProvisionException || thrown instanceof UncheckedIOException;
    return wrapper && thrown.getCause() != null ? unwrapped(thrown.getCause()) : thrown;
  }

  private String message(Throwable error) {
    Optional<String> exhausted = exhausted(error);
    if (exhausted.isPresent()) {
      return exhausted.get();
    }
    if (isForUsers(error)) {
      return error.getMessage();
    }
    if (error instanceof IOException e) {
      return AtomicFiles.reason(e);
    }
    String name = error.getClass().getSimpleName();
    String message = error.getMessage() == null ? name : name + ": " + error.getMessage();
    String more = options.verbose() ? "" : " (use --verbose to see where, and please report it)";
    return "internal error: " + message.lines().findFirst().orElse(name) + more;
  }

  /** Memory can run out anywhere, so this looks at what is behind the exception, too. */
  private static Optional<String> exhausted(Throwable error) {
    for (Throwable one = error; one != null; one = one.getCause()) {
      if (one instanceof OutOfMemoryError) {
        return Optional.of(
            "out of memory (%s): Java's has run out. Give it more, for example with SEQ4J_JAVA_OPTS=-Xmx8g, or set a smaller training.batch.size, or a shorter max_length of source and target"
                .formatted(firstLine(one)));
      }
      if (one instanceof TFResourceExhaustedException) {
        return Optional.of(
            "out of memory (%s): TensorFlow's has run out, which is outside of Java's. Set a smaller training.batch.size, a shorter max_length of source and target, or a smaller model or beam"
                .formatted(firstLine(one)));
      }
    }
    return Optional.empty();
  }

  private static String firstLine(Throwable error) {
    String name = error.getClass().getSimpleName();
    String message = error.getMessage() == null ? name : error.getMessage();
    return message.lines().findFirst().orElse(name);
  }

  private static boolean isForUsers(Throwable error) {
    return error instanceof UserException || error instanceof ComponentException;
  }
}
