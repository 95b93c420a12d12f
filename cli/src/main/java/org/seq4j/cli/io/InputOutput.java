package org.seq4j.cli.io;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.seq4j.core.data.ExampleValue;
import org.seq4j.core.data.TextValue;
import org.seq4j.runtime.io.AtomicFiles;
import org.seq4j.trainer.data.corpus.Compression;
import org.seq4j.trainer.data.corpus.VectorFiles;
import picocli.CommandLine.Option;

/** Where a command that works line by line reads and writes: options of such commands. */
public final class InputOutput {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Read from a file instead of stdin; it may be packed: .gz, .bz2, .xz, .zst; vectors also"
              + " from NumPy's, .npy and .npz, where vectors are read.")
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to a file instead of stdout; it appears when it is complete.")
  private Optional<Path> output = Optional.empty();

  /** What is done with the lines. */
  public interface Work {
    public void run(TextLines lines, OutputStream out) throws IOException;
  }

  /** What is done with lines that may be vectors. */
  public interface ValueWork {
    public void run(Values values, OutputStream out) throws IOException;
  }

  /** Values in chunks. */
  public interface Values {
    /**
     * The next ones: at least one, or none at the end.
     *
     * @param most how many at most
     * @throws CommandException if they cannot be read
     */
    List<ExampleValue> next(int most);
  }

  /** What is read, for messages. */
  public String inputName() {
    return input.map(Path::toString).orElse("stdin");
  }

  /**
   * Does the work.
   *
   * @throws CommandException if the input cannot be read
   */
  public void run(Console console, Work work) throws IOException {
    try (InputStream in = open(console)) {
      TextLines lines = new TextLines(in, inputName());
      write(console, out -> work.run(lines, out));
    }
  }

  private void write(Console console, AtomicFiles.Content content) throws IOException {
    if (output.isEmpty()) {
      content.writeTo(console.out());
    } else if (Files.exists(output.get()) && !Files.isRegularFile(output.get())) {
      try (OutputStream out = Files.newOutputStream(output.get())) { // /dev/null, a pipe
        content.writeTo(out);
      }
    } else {
      AtomicFiles.write(output.get(), content);
    }
  }

  /**
   * Does work on lines of text, or on the vectors of a file of NumPy's.
   *
   * @throws CommandException if the input cannot be read
   */
  public void runValues(Console console, ValueWork work) throws IOException {
    if (input.isPresent() && VectorFiles.isNumpy(input.get())) {
      Iterator<ExampleValue> all = VectorFiles.read(input.get()).iterator();
      write(console, out -> work.run(most -> next(all, most), out));
    } else {
      run(console, (lines, out) -> work.run(most -> values(read(lines, most)), out));
    }
  }

  private static List<ExampleValue> next(Iterator<ExampleValue> all, int most) {
    List<ExampleValue> some = new ArrayList<>();
    while (some.size() < most && all.hasNext()) {
      some.add(all.next());
    }
    return some;
  }

  private static List<ExampleValue> values(List<String> lines) {
    return lines.stream().<ExampleValue>map(TextValue::new).toList();
  }

  private InputStream open(Console console) {
    if (input.isEmpty()) {
      return console.in();
    }
    if (VectorFiles.isNumpy(input.get())) {
      throw new CommandException(input.get() + ": expected lines of text, got a file of vectors");
    }
    try {
      return new BufferedInputStream(Compression.open(input.get()));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What is done with some of the lines. */
  public interface Chunk {
    public void run(List<String> lines) throws IOException;
  }

  /**
   * Does something with the lines, so many at a time, or as many as are there.
   *
   * @throws CommandException if they cannot be read
   */
  public static void forEachChunk(TextLines lines, int most, Chunk work) throws IOException {
    for (List<String> chunk = read(lines, most); !chunk.isEmpty(); chunk = read(lines, most)) {
      work.run(chunk);
    }
  }

  /**
   * Up to so many lines, as many as are there.
   *
   * @throws CommandException if they cannot be read
   */
  public static List<String> read(TextLines lines, int most) {
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
