package org.seq4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.seq4j.core.data.BadExampleException;
import org.seq4j.core.data.CorpusException;
import org.seq4j.core.data.CorpusFiles;
import org.seq4j.core.data.CorpusFormat;
import org.seq4j.core.data.Example;
import org.seq4j.core.data.ExampleReader;

/**
 * Contract of corpus formats. The author of a format extends it in a test of a few lines, in
 * addition to the contract of plugins:
 *
 * <pre>{@code
 * class ReadingsFormatTest extends CorpusFormatContract {
 *   protected CorpusFormat format() { return new ReadingsFormat(new ReadingsFormat.Config(2)); }
 *   protected CorpusFiles corpus(List<Example> examples) { ... write them to a file in folder ... }
 *   protected List<Example> examples() { ... }
 *   protected Optional<Broken> broken() { ... }
 * }
 * }</pre>
 */
public abstract class CorpusFormatContract {
  private static final Path OPEN_FILES = Path.of("/proc/self/fd"); // Linux

  @TempDir protected Path folder;

  /** Returns the format under test. */
  protected abstract CorpusFormat format();

  /** Returns at least three different examples that the format can represent. */
  protected abstract List<Example> examples();

  /** Writes examples to files in the folder; the list may be empty. */
  protected abstract CorpusFiles corpus(List<Example> examples) throws IOException;

  /**
   * Writes a corpus with several examples, one of them invalid. Returns empty if a corpus of the
   * format is either valid as a whole or cannot be read at all.
   */
  protected abstract Optional<Broken> broken() throws IOException;

  /**
   * A corpus with one invalid example.
   *
   * @param files the corpus
   * @param message the message of the reader for the invalid example
   * @param others the number of valid examples, before and after it
   */
  public record Broken(CorpusFiles files, String message, int others) {}

  private static List<Example> readAll(ExampleReader reader) throws IOException {
    List<Example> all = new ArrayList<>();
    for (Optional<Example> next = reader.next(); next.isPresent(); next = reader.next()) {
      all.add(next.get());
    }
    return all;
  }

  /** The reader returns all examples, in their order. */
  @Test
  protected void readsAllExamples() throws IOException {
    try (ExampleReader reader = format().open(corpus(examples()))) {
      assertThat(readAll(reader)).isEqualTo(examples());
    }
  }

  /** Each pass gives the same examples, even while another pass is in progress. */
  @Test
  protected void readsTheSameEachTime() throws IOException {
    CorpusFormat format = format();
    CorpusFiles corpus = corpus(examples());
    try (ExampleReader first = format.open(corpus)) {
      Optional<Example> begin = first.next();
      try (ExampleReader second = format.open(corpus)) {
        assertThat(readAll(second)).isEqualTo(examples());
      }
      assertThat(begin).contains(examples().get(0));
      assertThat(readAll(first)).isEqualTo(examples().subList(1, examples().size()));
    }
  }

  /** After the last example, the reader returns empty each time. */
  @Test
  protected void staysAtItsEnd() throws IOException {
    try (ExampleReader reader = format().open(corpus(examples()))) {
      readAll(reader);
      assertThat(reader.next()).isEmpty();
      assertThat(reader.next()).isEmpty();
    }
  }

  /** Each example has its own location. */
  @Test
  protected void tellsWhereEachExampleIs() throws IOException {
    List<String> places = new ArrayList<>();
    try (ExampleReader reader = format().open(corpus(examples()))) {
      while (reader.next().isPresent()) {
        places.add(reader.location());
        assertThat(reader.targetLocation()).isNotBlank();
      }
    }
    assertThat(places).doesNotHaveDuplicates().doesNotContain("");
  }

  /** The progress of a reader is between 0 and 1 and never decreases. */
  @Test
  protected void tellsHowFarItIs() throws IOException {
    try (ExampleReader reader = format().open(corpus(examples()))) {
      double before = reader.progress();
      assertThat(before).isBetween(0.0, 1.0);
      while (reader.next().isPresent()) {
        assertThat(reader.progress()).isBetween(before, 1.0);
        before = reader.progress();
      }
    }
  }

  /** A closed reader has no open files, whether read to its end or not. */
  @Test
  protected void closesItsFiles() throws IOException {
    assumeTrue(Files.isDirectory(OPEN_FILES));
    CorpusFiles corpus = corpus(examples());
    try (ExampleReader whole = format().open(corpus);
        ExampleReader begun = format().open(corpus)) {
      readAll(whole);
      begun.next();
    }
    assertThat(openFiles()).isEmpty();
  }

  /** Returns the open files in the folder of the test. */
  private List<Path> openFiles() throws IOException {
    Path here = folder.toRealPath();
    try (Stream<Path> all = Files.list(OPEN_FILES)) {
      return all.map(CorpusFormatContract::target).filter(file -> file.startsWith(here)).toList();
    }
  }

  private static Path target(Path link) {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) { // closed meanwhile: the descriptor of the listing itself
      return link;
    }
  }

  /** The checks of keys and of files accept a readable corpus. */
  @Test
  protected void acceptsWhatItReads() throws IOException {
    CorpusFiles corpus = corpus(examples());
    assertThatCode(() -> format().check(corpus)).doesNotThrowAnyException();
    assertThat(format().files(corpus)).allMatch(Files::isRegularFile);
  }

  /** An invalid example is reported with its location, and the others are read. */
  @Test
  protected void readsOnAfterABadExample() throws IOException {
    Optional<Broken> broken = broken();
    assumeTrue(broken.isPresent());
    int read = 0;
    List<String> messages = new ArrayList<>();
    try (ExampleReader reader = format().open(broken.get().files())) {
      for (boolean more = true; more; ) {
        try {
          more = reader.next().isPresent();
          read += more ? 1 : 0;
        } catch (BadExampleException e) {
          messages.add(e.getMessage());
          assertThat(messages).as("one message for one invalid example").hasSize(1);
        }
      }
    }
    assertThat(messages).containsExactly(broken.get().message());
    assertThat(read).isEqualTo(broken.get().others());
  }

  /** An empty corpus gives no example, or a message for users. */
  @Test
  protected void anEmptyCorpusHasNoExample() throws IOException {
    CorpusFiles empty = corpus(List.of());
    try (ExampleReader reader = format().open(empty)) {
      assertThat(reader.next()).isEmpty();
    } catch (BadExampleException e) {
      throw new AssertionError("an empty corpus has no invalid example", e);
    } catch (CorpusException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  /** A missing file is reported by an IOException or a CorpusException. */
  @Test
  protected void aFileThatIsNotThereCannotBeRead() throws IOException {
    CorpusFiles corpus = corpus(examples());
    assumeTrue(!format().files(corpus).isEmpty());
    for (Path file : format().files(corpus)) {
      Files.delete(file);
    }
    assertThatThrownBy(
            () -> {
              try (ExampleReader reader = format().open(corpus)) {
                reader.next();
              }
            })
        .isInstanceOfAny(IOException.class, CorpusException.class)
        .isNotInstanceOf(BadExampleException.class);
  }

  /** Extensions are in lower case, as they are compared with lower-case names. */
  @Test
  protected void extensionsAreInLowerCase() {
    assertThat(format().extensions())
        .allMatch(it -> it.startsWith(".") && it.equals(it.toLowerCase(Locale.ROOT)));
  }
}
