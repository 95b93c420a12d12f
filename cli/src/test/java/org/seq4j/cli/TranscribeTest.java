package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are files: in training, and what the trained model reads in others. */
class TranscribeTest {
  private static final String CONFIG =
      """
      name: tones
      data:
        train: {file: train.tsv, source: 0, target: 1}
        dev: {file: dev.tsv, source: 0, target: 1}
      source: {type: files, reader: {type: sound, rate: 8000}, max_length: 1000}
      model:
        embedding: {target: 8}
        encoder: {type: log-mel, bins: 20, encoder: {type: rnn, cell: gru, units: 8}}
        decoder: {type: rnn, cell: gru, units: 8, attention: luong}
      training: {batch: {size: 4}, max_steps: 2}
      """;

  @TempDir private static Path folder;
  private static Path run;

  @BeforeAll
  static void train() throws IOException {
    Tones.write(folder, "train", 8);
    Tones.write(folder, "dev", 2);
    run = folder.resolve("run");
    Path config = Files.writeString(folder.resolve("tones.yaml"), CONFIG);
    CommandRun train = CommandRun.of("train", config, "--run", run);
    assertThat(train.status()).as(train.err()).isZero();
  }

  @Test
  void writesTheTextOfAFile() {
    CommandRun one = CommandRun.of("transcribe", run, folder.resolve("dev0.wav"));
    assertThat(one.status()).as(one.err()).isZero();
    assertThat(one.out().lines()).hasSize(1);
    assertThat(one.out()).doesNotContain("\t");
  }

  @Test
  void writesAJsonObjectForEachFile() {
    Path file = folder.resolve("dev0.wav");
    CommandRun both = CommandRun.of("transcribe", run, file, file, "--json");
    assertThat(both.status()).as(both.err()).isZero();
    assertThat(both.out().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("{\"source\":\"" + file));
  }

  @Test
  void whatIsNoSoundIsReportedAndTheOthersAreWritten() throws IOException {
    Path picture = Files.writeString(folder.resolve("picture.wav"), "GIF89a");
    Path gone = folder.resolve("gone.wav");
    Path first = folder.resolve("dev0.wav");
    Path last = folder.resolve("dev1.wav");
    CommandRun all = CommandRun.of("transcribe", run, first, picture, gone, last);
    assertThat(all.status()).isEqualTo(1);
    assertThat(all.out().lines().map(line -> line.substring(0, line.indexOf('\t'))))
        .containsExactly(first.toString(), last.toString());
    assertThat(all.err().lines())
        .hasSize(2)
        .anyMatch(
            line ->
                line.startsWith(
                    "seq4j: "
                        + picture
                        + ": not a sound file that Seq4j reads (it begins with 'GIF8')"))
        .contains("seq4j: no such file: " + gone);
  }

  /** A server must not read a file because its name was sent as text. */
  @Test
  void aTextIsNoSource() {
    CommandRun text = CommandRun.withInput(folder.resolve("dev0.wav") + "\n", "translate", run);
    assertThat(text.status()).isEqualTo(1);
    assertThat(text.err())
        .isEqualTo("seq4j: stdin, line 1: expected the content of a file, got text\n");
  }

  @Test
  void aBadFileStopsTrainingOrIsCounted() throws IOException {
    Files.writeString(folder.resolve("bad.wav"), "GIF89a");
    String good = Files.readString(folder.resolve("train.tsv"));
    Files.writeString(folder.resolve("mixed.tsv"), "bad.wav\tlow\n" + good);
    Path config = folder.resolve("tones.yaml");
    String mixed = "data.train.file=" + folder.resolve("mixed.tsv");
    CommandRun stopped = CommandRun.of("data", "inspect", config, "--set", mixed);
    assertThat(stopped.err())
        .contains(
            folder.resolve("mixed.tsv")
                + ", line 1: "
                + folder.resolve("bad.wav")
                + ": not a sound file that Seq4j reads");
    CommandRun skipped =
        CommandRun.of("data", "inspect", config, "--set", mixed, "--set", "data.on_error=skip");
    assertThat(skipped.status()).as(skipped.err()).isZero();
    assertThat(skipped.out()).contains("8");
  }

  @Test
  void aReaderIsForASourceOfFiles() {
    Path config = folder.resolve("tones.yaml");
    CommandRun target =
        CommandRun.of("check", config, "--set", "target={type: files, reader: {type: sound}}");
    assertThat(target.err()).contains("target.type: only a source can consist of files");
    CommandRun lacking = CommandRun.of("check", config, "--set", "source={type: files}");
    assertThat(lacking.err()).contains("type: files needs reader, such as {type: sound}");
  }
}
