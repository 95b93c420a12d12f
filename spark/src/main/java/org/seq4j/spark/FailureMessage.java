package org.seq4j.spark;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the sentence for the user in what Spark throws. */
final class FailureMessage {
  /** In the driver, an executor's exception is text: its class, its message, and its stack. */
  private static final Pattern OURS =
      Pattern.compile("(?:Caused by: |: )(org\\.seq4j\\.[\\w.$]+Exception): ([^\\n]+)");

  private FailureMessage() {}

  /** Returns one line: the message of our own exception if there is one, else of the last cause. */
  static String of(Throwable thrown) {
    Throwable last = thrown;
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      Optional<String> ours = ours(at);
      if (ours.isPresent()) {
        return ours.get();
      }
      last = at;
    }
    String message = last.getMessage() == null ? last.toString() : last.getMessage();
    return message.lines().filter(line -> !line.isBlank()).findFirst().orElse(last.toString());
  }

  private static Optional<String> ours(Throwable thrown) {
    if (thrown.getMessage() == null) {
      return Optional.empty();
    }
    if (thrown.getClass().getName().startsWith("org.seq4j.")) {
      return Optional.of(thrown.getMessage());
    }
    Matcher matcher = OURS.matcher(thrown.getMessage());
    return Stream.of(matcher).filter(Matcher::find).map(found -> found.group(2)).findFirst();
  }
}
