package org.seq4j.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.run.AtomicFiles;
import org.seq4j.trainer.data.Compression;
import org.seq4j.trainer.data.VectorFiles;
import picocli.CommandLine.Option;

/** Where a command that works line by line reads and writes: options of such commands. */
final class InputOutput {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Read from a file instead of stdin; it may be packed: .gz, .bz2, .xz, .zst; vectors also"
              + " from NumPy's, .npy and .npz.")
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to a file instead of stdout; it appears when it is complete.")
  private Optional<Path> output = Optional.empty();

  /** What is done with the lines. */
  interface Work {
    void run(TextLines lines, OutputStream out) throws IOException;
  }

  /** What is read, for messages. */
  String inputName() {
    return input.map(Path::toString).orElse("stdin");
  }

  /**
   * Does the work.
   *
   * @throws CommandException if the input cannot be read
   */
  void run(Console console, Work work) throws IOException {
    try (InputStream in = open(console)) {
      TextLines lines = new TextLines(in, inputName());
      if (output.isEmpty()) {
        work.run(lines, console.out());
      } else if (Files.exists(output.get()) && !Files.isRegularFile(output.get())) {
        try (OutputStream out = Files.newOutputStream(output.get())) { // /dev/null, a pipe
          work.run(lines, out);
        }
      } else {
        AtomicFiles.write(output.get(), out -> work.run(lines, out));
      }
    }
  }

  private InputStream open(Console console) {
    if (input.isEmpty()) {
      return console.in();
    }
    if (VectorFiles.isNumpy(input.get())) {
      String lines = String.join("\n", VectorFiles.lines(input.get()));
      return new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8));
    }
    try {
      return new BufferedInputStream(Compression.open(input.get()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What is done with some of the lines. */
  interface Chunk {
    void run(List<String> lines) throws IOException;
  }

  /**
   * Does something with the lines, so many at a time, or as many as are there.
   *
   * @throws CommandException if they cannot be read
   */
  static void forEachChunk(TextLines lines, int most, Chunk work) throws IOException {
    for (List<String> chunk = read(lines, most); !chunk.isEmpty(); chunk = read(lines, most)) {
      work.run(chunk);
    }
  }

  /**
   * Up to so many lines, as many as are there.
   *
   * @throws CommandException if they cannot be read
   */
  static List<String> read(TextLines lines, int most) {
    try {
      return lines.next(most);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static CommandException unreadable(IOException e) {
    return new CommandException("cannot read the input: " + AtomicFiles.reason(e), e);
  }
}
