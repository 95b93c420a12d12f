package org.seq4j.cli.io;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the command reads and writes; text is UTF-8 in any locale.
 *
 * @param in what is piped or typed
 * @param out for results; buffered
 * @param err for progress, logs and errors
 * @param outIsTerminal whether results are read by a person
 * @param errIsTerminal whether progress may be drawn in place
 * @param columns how wide the terminal is
 * @param name how the user calls the command, "./seq4j"
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int columns,
    String name) {
  public static final int DEFAULT_COLUMNS = 80;

  /** Which of the streams 0 to 2 are terminals, as the start script found: "12". */
  private static final String TERMINALS = "seq4j.terminals";

  /** How wide the terminal is, as the start script found. */
  private static final String COLUMNS = "seq4j.columns";

  /** How the user called the start script. */
  private static final String NAME = "seq4j.command";

  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  /** The process's own streams. */
  public static Console system() {
    // Not System.out: that swallows every error, so that results could be lost unnoticed.
    OutputStream results =
        new BufferedOutputStream(
            new ResultStream(new FileOutputStream(FileDescriptor.out)), 1 << 16);
    // The script tells what Java cannot: System.console() is about stdin and stdout together.
    String terminals = System.getProperty(TERMINALS, "");
    return new Console(
        new FileInputStream(FileDescriptor.in),
        new PrintStream(results, false, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        terminals.contains("1"),
        terminals.contains("2"),
        columns(Integer.getInteger(COLUMNS, 0)),
        System.getProperty(NAME, "seq4j"));
  }

  private static int columns(int found) {
    return found < 20 ? DEFAULT_COLUMNS : found; // some terminals say 0
  }

  /** A line that the user can paste into a shell to run this command. */
  public String command(Object... words) {
    return Stream.concat(Stream.of(name), Arrays.stream(words).map(Object::toString))
        .map(Console::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
