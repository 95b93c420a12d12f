package org.seq4j.runtime.platform;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * File names and arguments in the encoding of the process, which Java takes from the locale: under
 * {@code LC_ALL=C} it knows ASCII only.
 */
public final class FileNames {
  private FileNames() {}

  /** Returns why a text is not the name of a file. */
  public static String reason(InvalidPathException e) {
    return encoding().newEncoder().canEncode(e.getInput())
        ? e.getMessage()
        : "'" + e.getInput() + "' has characters that file names cannot have here: " + remedy();
  }

  /** Returns a hint if arguments of the process have characters that were lost. */
  public static Optional<String> lost(List<String> arguments) {
    boolean lost = arguments.stream().anyMatch(argument -> argument.indexOf('\uFFFD') >= 0);
    return lost && !encoding().equals(StandardCharsets.UTF_8)
        ? Optional.of("some characters of the arguments were lost: " + remedy())
        : Optional.empty();
  }

  private static String remedy() {
    String locale =
        Stream.of("LC_ALL", "LC_CTYPE", "LANG")
            .filter(name -> System.getenv().getOrDefault(name, "").length() > 0)
            .findFirst()
            .map(name -> name + "=" + System.getenv(name))
            .orElse("none is set");
    return "the locale ("
        + locale
        + ") has the encoding "
        + encoding().name()
        + ". Set LC_ALL=C.UTF-8, or another locale with UTF-8 that this system has";
  }

  private static Charset encoding() {
    return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
  }
}
