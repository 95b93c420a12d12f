package org.seq4j.core.plugin;

import java.lang.reflect.InvocationTargetException;
import java.util.Locale;

/** Messages for exceptions and errors that the code of a plugin throws. */
final class PluginErrors {
  private PluginErrors() {}

  /**
   * Returns a message that something failed and why, with a remedy if one is known.
   *
   * @param what what failed, the beginning of the message: {@code making 'lstm'}
   */
  static String of(String what, Throwable thrown) {
    Throwable cause = root(thrown);
    if (cause instanceof UnsupportedClassVersionError) {
      return String.format(
          Locale.ROOT,
          "%s was compiled for a newer Java than this one, %d. Its author can compile it with"
              + " --release 17, which every Java that runs Seq4j can read; or run Seq4j with a"
              + " newer Java",
          what,
          Runtime.version().feature());
    }
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof IncompatibleClassChangeError && message.contains("org.seq4j.core.")) {
      return "%s was compiled against another version of Seq4j. Compile it again, or use its release for this Seq4j (%s)"
          .formatted(what, cause);
    }
    boolean missing =
        cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException;
    if (missing && message.indexOf(' ') < 0) { // else the class is there and its initializer failed
      return "%s needs the class %s, which is neither in the plugin nor provided by Seq4j"
          .formatted(what, message.replace('/', '.'));
    }
    return "%s failed with %s".formatted(what, cause);
  }

  /** Removes the wrappers of reflection and class initialization. */
  private static Throwable root(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null
        && (cause instanceof InvocationTargetException
            || cause instanceof ExceptionInInitializerError)) {
      cause = cause.getCause();
    }
    return cause;
  }
}
