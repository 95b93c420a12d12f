package org.seq4j.cli.io;

import com.google.inject.ProvisionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.seq4j.core.plugin.ComponentException;
import org.seq4j.runtime.config.ConfigException;
import org.seq4j.runtime.error.PlatformException;
import org.seq4j.runtime.error.UserException;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.runtime.platform.FileNames;
import org.seq4j.runtime.platform.LinkFailure;
import org.seq4j.runtime.plugin.ComponentRegistry;
import org.seq4j.runtime.plugin.PluginFault;
import org.tensorflow.exceptions.TFResourceExhaustedException;

/**
 * Turns exceptions into messages and exit statuses. A broken plugin gives status 1, not 3, as no
 * config file names it.
 */
public final class ErrorReport {
  public static final int DONE = 0;
  public static final int FAILED = 1;
  static final int BAD_CONFIG = 3;
  private static final Pattern SECTION = Pattern.compile("(?:^|: )(search(?:\\.[a-z_]+)*): ");
  private static final String VERBOSE = " (use --verbose for a stack trace)";

  /** Training was stopped by a signal and has saved: the same command resumes it. */
  public static final int INTERRUPTED = 4;

  private final Console console;
  private final GlobalOptions options;
  private final Supplier<ComponentRegistry> components;

  /**
   * Creates a report.
   *
   * @param components the components in use, to name the one that failed
   */
  public ErrorReport(
      Console console, GlobalOptions options, Supplier<ComponentRegistry> components) {
    this.console = console;
    this.options = options;
    this.components = components;
  }

  /** Prints the error for the user, and returns the exit status. */
  public int report(Throwable thrown) {
    return report(thrown, List.of());
  }

  /**
   * Prints the error of a command for the user, and returns the exit status.
   *
   * @param settings the values of its option {@code --set}
   */
  public int report(Throwable thrown, List<String> settings) {
    Throwable error = unwrapped(thrown);
    if (error instanceof ResultStream.ClosedException) {
      return DONE; // the reader of the results needs no more of them
    }
    Optional<String> plugin = plugin(thrown);
    if (plugin.isPresent()) {
      console.err().println("seq4j: " + plugin.get());
    } else if (error instanceof ConfigException e) {
      console.err().println(e.getMessage()); // begins with the file, like a compiler's message
      MissingExampleData.hint(e, console).ifPresent(console.err()::println);
    } else {
      console.err().println("seq4j: " + message(error) + origin(error, settings));
    }
    if (options.verbose()) {
      thrown.printStackTrace(console.err());
    }
    boolean config = error instanceof ConfigException || error instanceof ComponentException;
    return config && plugin.isEmpty() ? BAD_CONFIG : FAILED;
  }

  /** Returns the settings of the keys that a message about the search names, if any. */
  private static String origin(Throwable error, List<String> settings) {
    String message = isForUsers(error) ? error.getMessage() : "";
    Matcher section = SECTION.matcher(message);
    if (!section.find()) {
      return "";
    }
    List<String> given =
        settings.stream()
            .filter(setting -> setting.startsWith(section.group(1) + "."))
            .filter(setting -> message.contains(lastKey(setting)))
            .map(setting -> "--set " + setting)
            .toList();
    return given.isEmpty() ? "" : " (given: " + String.join(", ", given) + ")";
  }

  /** Returns "required" of "search.rules.required=[a]". */
  private static String lastKey(String setting) {
    String path = setting.split("=", 2)[0].strip();
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Returns a message if the code of a plugin is at fault. */
  private Optional<String> plugin(Throwable thrown) {
    return exhausted(thrown).isPresent() || LinkFailure.explain(thrown).isPresent()
        ? Optional.empty()
        : PluginFault.of(thrown, components.get())
            .map(fault -> fault.message() + (options.verbose() ? "" : VERBOSE));
  }

  /** Returns the cause of exceptions that only wrap another one. */
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
    Optional<String> unlinked = LinkFailure.explain(error);
    if (isForUsers(error)) {
      boolean complete = unlinked.isEmpty() || error instanceof PlatformException;
      return complete ? error.getMessage() : error.getMessage() + ". " + unlinked.get();
    }
    if (error instanceof IOException e) {
      return AtomicFiles.reason(e);
    }
    if (error instanceof InvalidPathException e) {
      return "not a path: " + FileNames.reason(e);
    }
    if (unlinked.isPresent()) {
      return unlinked.get();
    }
    String name = error.getClass().getSimpleName();
    String message = error.getMessage() == null ? name : name + ": " + error.getMessage();
    String more =
        options.verbose() ? "" : " (use --verbose for a stack trace, and please report it)";
    return "internal error: " + message.lines().findFirst().orElse(name) + more;
  }

  /** Returns a message if memory ran out; that may be any of the causes of an exception. */
  private static Optional<String> exhausted(Throwable error) {
    for (Throwable one = error; one != null; one = one.getCause()) {
      if (one instanceof OutOfMemoryError) {
        return Optional.of(
            "out of memory (%s): the Java heap is full. Increase it, for example with SEQ4J_JAVA_OPTS=-Xmx8g, or set a smaller training.batch.size, or a smaller max_length of source and target"
                .formatted(firstLine(one)));
      }
      if (one instanceof TFResourceExhaustedException) {
        return Optional.of(
            "out of memory (%s): TensorFlow's memory, outside of the Java heap, is exhausted. Set a smaller training.batch.size, a smaller max_length of source and target, or a smaller model or beam"
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
