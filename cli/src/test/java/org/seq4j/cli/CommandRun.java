package org.seq4j.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.seq4j.cli.io.Console;

/**
 * One run of the command in this process.
 *
 * @param status the exit status
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record CommandRun(int status, String out, String err) {

  /** Runs the command with nothing on stdin. */
  static CommandRun of(Object... arguments) {
    return withInput("", arguments);
  }

  /** Runs the command with a text on stdin. */
  static CommandRun withInput(String in, Object... arguments) {
    return withInput(in.getBytes(StandardCharsets.UTF_8), arguments);
  }

  /** Runs the command with bytes on stdin. */
  static CommandRun withInput(byte[] in, Object... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(in),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false,
            false,
            Console.DEFAULT_COLUMNS,
            "seq4j",
            List::of);
    String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int status = Main.run(console, words);
    return new CommandRun(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A file of the project, from its root. */
  static Path project(String path) {
    return Path.of("..").toAbsolutePath().normalize().resolve(path);
  }
}
