package org.seq4j.cli;

import com.google.inject.ProvisionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.seq4j.core.config.ConfigException;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.core.plugin.PluginException;
import org.seq4j.core.run.AtomicFiles;
import org.seq4j.core.run.RunException;
import org.seq4j.trainer.data.DataException;
import org.seq4j.trainer.experiment.RunExistsException;
import org.seq4j.trainer.training.TrainingException;

/**
 * The one place that turns exceptions into messages and exit statuses. A broken plugin is status 1:
 * no config file names it.
 */
final class ErrorReport {
  static final int DONE = 0;
  static final int FAILED = 1;
  static final int BAD_CONFIG = 3;

  private final Console console;
  private final GlobalOptions options;

  ErrorReport(Console console, GlobalOptions options) {
    this.console = console;
    this.options = options;
  }

  /** Tells the user what went wrong, and gives the exit status. */
  int report(Throwable thrown) {
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
    if (isForUsers(error)) {
      return error.getMessage();
    }
    if (error instanceof IOException e) {
      return AtomicFiles.reason(e);
    }
    if (error instanceof OutOfMemoryError) {
      return "out of memory. Give Java more, for example with SEQ4J_JAVA_OPTS=-Xmx8g, or use"
          + " smaller batches";
    }
    String name = error.getClass().getSimpleName();
    String message = error.getMessage() == null ? name : name + ": " + error.getMessage();
    String more = options.verbose() ? "" : " (use --verbose to see where, and please report it)";
    return "internal error: " + message.lines().findFirst().orElse(name) + more;
  }

  private static boolean isForUsers(Throwable error) {
    return error instanceof CommandException
        || error instanceof ComponentException
        || error instanceof PluginException
        || error instanceof RunException
        || error instanceof RunExistsException
        || error instanceof DataException
        || error instanceof TrainingException;
  }
}
