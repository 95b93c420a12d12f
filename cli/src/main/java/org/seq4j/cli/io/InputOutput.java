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

/** Options for the input and the output of commands that work line by line. */
public final class InputOutput {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description =
          "Read from a file instead of stdin; gzip, bzip2, xz, zstd and lz4 are decompressed. Sources of"
              + " vectors may also be NumPy files (.npy, .npz).")
  private Optional<Path> input = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write to a file instead of stdout; the file appears once it is complete.")
  private Optional<Path> output = Optional.empty();

  /** Processes lines of text. */
  public interface Work {
    public void run(TextLines lines, OutputStream out) throws IOException;
  }

  /** Processes values, which are lines of text or vectors. */
  public interface ValueWork {
    public void run(Values values, OutputStream out) throws IOException;
  }

  /** Reads values in chunks. */
  public interface Values {
    /**
     * Returns the next values: at least one, or none at the end.
     *
     * @param most the maximum number
     * @throws CommandException if they cannot be read
     */
    List<ExampleValue> next(int most);
  }

  /** Returns the name of the input, for messages. */
  public String inputName() {
    return input.map(Path::toString).orElse("stdin");
  }

  /**
   * Runs work on lines of text.
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
   * Runs work on lines of text, or on the vectors of a NumPy file.
   *
   * @throws CommandException if the input cannot be read
   */
  public void runValues(Console console, ValueWork work) throws IOException {
    if (input.isPresent() && VectorFiles.isNumpy(input.get())) {
      Iterator<ExampleValue> all = VectorFiles.read(input.get()).iterator();
      write(console, out -> work.run(most -> next(all, most), out));
    } else {
      run(console, (lines, out) -> work.run(most -> values(lines.next(most)), out));
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
      throw new CommandException(AtomicFiles.unreadable(input.get(), e), e);
    }
  }

  /** Processes a chunk of lines. */
  public interface Chunk {
    public void run(List<String> lines) throws IOException;
  }

  /**
   * Runs work on chunks of lines. A chunk has the lines that are available without waiting.
   *
   * @param most the maximum number of lines of a chunk
   * @throws CommandException if they cannot be read
   */
  public static void forEachChunk(TextLines lines, int most, Chunk work) throws IOException {
    for (List<String> chunk = lines.next(most); !chunk.isEmpty(); chunk = lines.next(most)) {
      work.run(chunk);
    }
  }
}
