package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of bad data, folders and plugins: status 1, and nothing half-written. */
final class BadDataTest {
  @TempDir Path folder;
  private Path config;
  private Path run;

  @BeforeEach
  void writeConfig() throws IOException {
    config = ToyConfig.write(folder);
    run = folder.resolve("run");
  }

  @Test
  void sidesOfDifferentLength() throws IOException {
    Path source = Files.writeString(folder.resolve("a.txt"), "a\nb\n");
    Path target = Files.writeString(folder.resolve("b.txt"), "a\n");

    CommandRun train =
        train("data.train={source: %s, target: %s}".formatted(source.getFileName(), "b.txt"));

    assertFailed(
        train,
        ("%s has 2 lines, %s has 1 line: expected the same number, line n of one belongs"
                + " to line n of the other")
            .formatted(source, target));
  }

  @Test
  void anEmptyFile() throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.tsv"));

    assertFailed(
        train("data.train.file=" + folder.resolve("empty.tsv")),
        empty + " is empty: expected at least one line");
  }

  @Test
  void aLineThatIsNotUtf8() throws IOException {
    Path file = folder.resolve("latin.tsv");
    Files.write(file, "ab\tba\n\u00e4\ta\n".getBytes(StandardCharsets.ISO_8859_1));

    assertFailed(
        train("data.train.file=" + folder.resolve("latin.tsv")),
        file + ", line 2, byte 1: expected UTF-8, got the byte");
  }

  @Test
  void aLineWithTooFewColumns() throws IOException {
    Path file = Files.writeString(folder.resolve("one.tsv"), "ab\tba\nab\n");

    assertFailed(
        train("data.train.file=" + folder.resolve("one.tsv")),
        file + ", line 2: expected at least 2 columns separated by tabs, got 1");
  }

  @Test
  void sequencesThatAreAllLongerThanTheLimit() throws IOException {
    Files.writeString(folder.resolve("long.tsv"), "abcdef\tfedcba\n");

    CommandRun train =
        CommandRun.of(
            "train",
            config,
            "--run",
            run,
            "--set",
            "data.train.file=" + folder.resolve("long.tsv"),
            "--set",
            "source.max_length=5");

    assertThat(train.err()).contains("max_length");
    assertThat(train.status()).isEqualTo(1);
    assertThat(run).doesNotExist();
  }

  @Test
  void anEmptyVocabulary() {
    assertFailed(train("source.vocabulary.min_frequency=1000"), "the vocabulary would be empty");
  }

  @Test
  void aRunFolderInAPlaceThatCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    CommandRun train = CommandRun.of("train", config, "--run", file.resolve("run"));

    assertThat(train.err()).contains("cannot write " + file.resolve("run"));
    assertThat(train.err()).doesNotContain("Exception", "internal error");
    assertThat(train.status()).isEqualTo(1);
  }

  @Test
  void dataThatCannotBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    CommandRun generate = CommandRun.of("data", "generate", "dates", "--output", file);

    assertThat(generate.err())
        .startsWith("seq4j: cannot write " + file)
        .doesNotContain("Exception");
    assertThat(generate.status()).isEqualTo(1);
  }

  private CommandRun train(String override) {
    return CommandRun.of("train", config, "--run", run, "--set", override);
  }

  private void assertFailed(CommandRun train, String message) {
    assertThat(train.err()).startsWith("seq4j: ").contains(message);
    assertThat(train.err()).doesNotContain("Exception", "internal error");
    assertThat(train.status()).isEqualTo(1);
    assertThat(run).doesNotExist();
  }
}
