package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A CSV file with a header, as a user brings it: inspected, checked, and divided in three. */
final class CsvAndSplitTest {
  private static final int SOURCES = 100;

  @TempDir private Path folder;
  private Path csv;

  @BeforeEach
  void write() throws IOException {
    StringBuilder text = new StringBuilder("id,text,summary\n");
    for (int i = 0; i < SOURCES; i++) {
      for (int n = 0; n < 2; n++) {
        text.append(i + ",\"w" + i + ", x\",w" + i + " y" + n + "\n");
      }
    }
    csv = Files.writeString(folder.resolve("all.csv"), text);
  }

  private Path config(String target) throws IOException {
    return Files.writeString(
        folder.resolve("csv.yaml"),
        """
        name: csv
        data:
          train: {file: all.csv, source: text, target: %s}
          dev: {file: all.csv, source: [id, text], target: 2}
        source: {tokenizer: whitespace}
        target: {tokenizer: whitespace}
        model:
          embedding: {source: 2, target: 2}
          encoder: {type: rnn, cell: gru, units: 2}
          decoder: {type: rnn, cell: gru, units: 2, attention: none}
        """
            .formatted(target));
  }

  private CommandRun split(Object... options) {
    List<Object> words = new ArrayList<>(List.of("data", "split"));
    words.add("{file: '%s', source: text, target: summary}".formatted(csv));
    words.addAll(List.of(options));
    return CommandRun.of(words.toArray());
  }

  @Test
  void dataInspectReadsColumnsByName() throws IOException {
    CommandRun run = CommandRun.of("data", "inspect", config("summary"), "--json");
    assertThat(run.status()).as(run.err()).isZero();
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertThat(json.at("/splits/train/examples").asInt()).as(run.out()).isEqualTo(2 * SOURCES);
    assertThat(json.at("/splits/dev/examples").asInt()).isEqualTo(2 * SOURCES);
  }

  @Test
  void checkNamesTheColumnsThereAre() throws IOException {
    CommandRun run = CommandRun.of("check", config("resume"));
    assertThat(run.err())
        .contains(
            "  line 3  data.train[0]: target: the header has no column 'resume'. Its columns are 'id', 'text', 'summary'");
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void splitKeepsTheExamplesOfASourceTogether() throws IOException {
    Path parts = folder.resolve("parts");
    CommandRun run = split("--output", parts, "--dev", 20, "--test", 10);
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            "%s: 140 examples\n%s: 40 examples\n%s: 20 examples\n"
                .formatted(
                    parts.resolve("train.tsv"),
                    parts.resolve("dev.tsv"),
                    parts.resolve("test.tsv")));
    Set<String> all = new HashSet<>();
    int sources = 0;
    for (String name : List.of("train.tsv", "dev.tsv", "test.tsv")) {
      Set<String> here = new HashSet<>();
      Files.readAllLines(parts.resolve(name)).forEach(line -> here.add(line.split("\t", -1)[0]));
      all.addAll(here);
      sources += here.size();
    }
    assertThat(all).hasSize(SOURCES).contains("w7, x");
    assertThat(sources).isEqualTo(SOURCES);
    assertThat(Files.readAllLines(csv)).hasSize(1 + 2 * SOURCES);
  }

  @Test
  void splitReplacesNoFileOfTheCorpus() throws IOException {
    Path train = Files.writeString(folder.resolve("train.tsv"), "a\tb\n");
    CommandRun run = CommandRun.of("data", "split", train, "--output", folder);
    assertThat(run.err())
        .contains("train.tsv is a file of the corpus and would be replaced; name another folder");
    assertThat(run.status()).isEqualTo(1);
    assertThat(train).hasContent("a\tb");
  }

  @Test
  void splitWritesNothingIfAPartWouldBeEmpty() {
    Path parts = folder.resolve("parts");
    CommandRun run = split("--output", parts, "--dev", 60, "--test", 50);
    assertThat(run.err()).contains("train: no example would be in it");
    assertThat(parts).doesNotExist();
  }

  @Test
  void sizesAreSharesOrNumbers() {
    CommandRun run = split("--output", folder, "--dev", "0.5", "--test", "3");
    assertThat(run.err()).contains("--dev and --test: expected two shares whose sum is below 1");
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void splitNamesTheLineThatIsBroken() throws IOException {
    Files.writeString(csv, "id,text,summary\n1,a,b\n2,c, d,e\n");
    CommandRun run = split("--output", folder.resolve("parts"), "--dev", "0.3");
    assertThat(run.err())
        .contains("all.csv, line 3: expected 3 columns as in the first row, got 4");
    assertThat(run.status()).isEqualTo(1);
  }
}
