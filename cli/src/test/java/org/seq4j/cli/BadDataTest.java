package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  void onErrorIsForTrainingDataOnly() throws IOException {
    Path file = Files.writeString(folder.resolve("one.tsv"), "ab\tba\nab\nba\tab\n");

    assertFailed(
        train("data.dev={file: " + file + ", source: 0, target: 1}", "data.on_error=skip"),
        file
            + ", line 2: expected at least 2 columns separated by tabs, got 1 (source is column 0,"
            + " target is column 1, counted from 0). data.on_error: skip is for training data;"
            + " dev and test must be valid");
  }

  @Test
  void examplesThatAreAllSkippedAreCountedByReason() throws IOException {
    Path file = Files.writeString(folder.resolve("all.tsv"), "ab\tba\nab\nba\tab\n");
    String[] settings = {
      "data.train.file=" + file, "data.on_error=skip", "data.filter.target_script=cyrillic"
    };

    assertFailed(
        train(settings),
        "train: no example is left to train on; skipped: 1 malformed (data.on_error: skip), 2 in"
            + " another script (data.filter.source_script and target_script)");
  }

  @Test
  void inspectCountsSkippedExamplesByReason() throws IOException {
    Path file =
        Files.writeString(folder.resolve("some.tsv"), "ab\tba\nab\nab\tba\nabcd\tb\nba\tab\n\n");
    Object[] arguments = {
      "data",
      "inspect",
      config,
      "--json",
      "--set",
      "data.train.file=" + file,
      "--set",
      "data.on_error=skip",
      "--set",
      "data.filter={duplicates: pair, max_ratio: 2}"
    };

    CommandRun inspect = CommandRun.of(arguments);

    assertThat(inspect.err()).isEmpty();
    JsonNode train = new ObjectMapper().readTree(inspect.out()).at("/splits/train");
    assertThat(train.path("examples").asInt()).isEqualTo(5);
    assertThat(train.path("used").asInt()).isEqualTo(2);
    assertThat(train.path("skipped")).hasToString("{\"malformed\":1,\"duplicate\":1,\"ratio\":1}");
  }

  @Test
  void aVocabularyOfAnotherTokenizer() throws IOException {
    Path file = Files.writeString(folder.resolve("v.txt"), "\u2581other\n\u2581words\n</s>\n");

    CommandRun inspect =
        CommandRun.of("data", "inspect", config, "--set", "source.vocabulary.file=" + file);

    assertThat(inspect.out())
        .contains("v.txt: omitted, as special tokens of the config: 1 (</s>)")
        .contains("warning: 100 % of the source tokens")
        .contains("source.vocabulary does not fit source.tokenizer, or has too few tokens");
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

  private CommandRun train(String... overrides) {
    List<Object> arguments = new ArrayList<>(List.of("train", config, "--run", run));
    for (String override : overrides) {
      arguments.addAll(List.of("--set", override));
    }
    return CommandRun.of(arguments.toArray());
  }

  private void assertFailed(CommandRun train, String message) {
    assertThat(train.err()).startsWith("seq4j: ").contains(message);
    assertThat(train.err()).doesNotContain("Exception", "internal error");
    assertThat(train.status()).isEqualTo(1);
    assertThat(run).doesNotExist();
  }
}
