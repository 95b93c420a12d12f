package org.seq4j.cli.io;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The streams and the terminal of the command; text is UTF-8 in any locale.
 *
 * @param in stdin
 * @param out stdout, for results; buffered
 * @param err stderr, for progress, logs and errors
 * @param inIsTerminal true if stdin is a terminal, so that a prompt is read
 * @param outIsTerminal true if stdout is a terminal
 * @param errIsTerminal true if stderr is a terminal, so that progress may be redrawn in place
 * @param columns width of the terminal
 * @param name the command as the user called it, such as "./seq4j"
 * @param carried options of this command that commands to run next need, too
 */
public record Console(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean inIsTerminal,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int columns,
    String name,
    Supplier<List<String>> carried) {
  public static final int DEFAULT_COLUMNS = 80;

  /** System property set by the start script: the streams 0 to 2 that are terminals, as "12". */
  private static final String TERMINALS = "seq4j.terminals";

  /** System property set by the start script: the width of the terminal. */
  private static final String COLUMNS = "seq4j.columns";

  /** System property set by the start script: its name as the user called it. */
  private static final String NAME = "seq4j.command";

  /** System property set by the start script: 0 if stdin is closed. */
  private static final String CLOSED = "seq4j.closed";

  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  /** Returns the console of this process. */
  public static Console system() {
    // Not System.out: it swallows all errors, so that results could be lost unnoticed.
    OutputStream results =
        new BufferedOutputStream(
            new ResultStream(new FileOutputStream(FileDescriptor.out)), 1 << 16);
    // The script passes what Java cannot find out: System.console() covers stdin and stdout
    // together.
    String terminals = System.getProperty(TERMINALS, "");
    return new Console(
        System.getProperty(CLOSED, "").contains("0")
            ? new ClosedInput()
            : new FileInputStream(FileDescriptor.in),
        new PrintStream(results, false, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        terminals.contains("0"),
        terminals.contains("1"),
        terminals.contains("2"),
        columns(Integer.getInteger(COLUMNS, 0)),
        System.getProperty(NAME, "seq4j"),
        List::of);
  }

  /** The stream of a command that was started without stdin. */
  private static final class ClosedInput extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("it is closed; pass text to the command, or use --input FILE");
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      return read();
    }
  }

  private static int columns(int found) {
    return found < 20 ? DEFAULT_COLUMNS : found; // some terminals report 0
  }

  /** Returns a copy whose printed commands have further options, read when they are printed. */
  public Console carrying(Supplier<List<String>> options) {
    return new Console(
        in, out, err, inIsTerminal, outIsTerminal, errIsTerminal, columns, name, options);
  }

  /** Returns a command line that the user can paste into a shell. */
  public String command(Object... words) {
    return Stream.of(
            Stream.of(name), carried.get().stream(), Arrays.stream(words).map(Object::toString))
        .flatMap(part -> part)
        .map(Console::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
