package org.seq4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of a config file with problems: status 3, and nothing is written. */
final class BadConfigTest {
  @TempDir Path folder;
  private Path config;

  @BeforeEach
  void writeConfig() throws IOException {
    config = ToyConfig.write(folder);
  }

  @Test
  void aGoodOneIsSummarized() {
    CommandRun check = CommandRun.of("check", config);

    assertThat(check.out())
        .startsWith(config + ": ok\n")
        .contains("encoder    rnn (cell gru, units 8)")
        .contains("decoder    rnn (cell gru, units 8, attention luong)");
    assertThat(check.status()).isZero();
  }

  @Test
  void anUnknownKey() throws IOException {
    replace("max_steps: 4", "max_step: 4");

    assertProblem("training.max_step: unknown key. Did you mean 'max_steps'?");
  }

  @Test
  void keysThatWereMoved() throws IOException {
    replace("search: {type: greedy}", "search: {type: greedy, max_length: 9, length_penalty: 1}");

    assertProblem("search.max_length: this key is now search.length.max");
    assertProblem("search.length_penalty: this key is now search.ranking.length_penalty");
  }

  @Test
  void aWrongType() throws IOException {
    replace("{size: 20}", "{size: 8.7}");

    assertProblem("training.batch.size: expected a whole number, got 8.7");
  }

  @Test
  void aValueOutOfRange() throws IOException {
    replace("{size: 20}", "{size: 0}");

    assertProblem("training.batch.size: expected a whole number, at least 1, got 0");
  }

  @Test
  void anUnknownComponent() throws IOException {
    replace("attention: luong", "attention: lung");

    assertProblem("model.decoder.attention: no attention named 'lung'. Did you mean 'luong'?");
  }

  @Test
  void aMissingDataFile() throws IOException {
    Files.delete(folder.resolve("toy.tsv"));

    assertProblem("data.train[0].file: no such file: " + folder.resolve("toy.tsv"));
  }

  @Test
  void partsOfAModelThatDoNotFitTogether() throws IOException {
    replace("units: 8, attention: luong", "units: 6, bridge: copy, attention: luong");

    assertProblem("model: the model cannot be built: ");
  }

  @Test
  void aRunToStartFromThatIsNotThere() throws IOException {
    replace("max_steps: 4", "max_steps: 4\n  start_from: {run: runs/none}");

    assertProblem(
        "training.start_from.run: " + folder.resolve("runs/none") + " is not the folder of a run");
  }

  @Test
  void aPatternThatFreezesNothing() throws IOException {
    replace("max_steps: 4", "max_steps: 4\n  freeze: [encodr.*]");

    assertProblem("training.freeze: no parameter matches 'encodr.*'; the model has [");
  }

  @Test
  void aMissingConfig() throws IOException {
    Files.delete(config);

    assertProblem("there is no such file");
  }

  @Test
  void severalAtOnceInTheOrderOfTheFile() throws IOException {
    replace("max_steps: 4", "max_steps: many");
    replace("units: 8}", "units: -8}");

    CommandRun check = CommandRun.of("check", config);

    assertThat(check.err()).startsWith(config + ": 2 problems\n");
    assertThat(check.err().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).contains("line 10", "model.encoder.units"),
            line -> assertThat(line).contains("line 14", "training.max_steps"));
  }

  @Test
  void anOverrideThatIsWrong() {
    CommandRun check = CommandRun.of("check", config, "--set", "training.epochs=0");

    assertThat(check.err()).contains("--set training.epochs=0").contains("at least 1, got 0");
    assertThat(check.status()).isEqualTo(3);
  }

  private void replace(String old, String with) throws IOException {
    String text = Files.readString(config);
    assertThat(text).contains(old);
    int at = text.indexOf(old);
    Files.writeString(config, text.substring(0, at) + with + text.substring(at + old.length()));
  }

  private void assertProblem(String message) {
    CommandRun check = CommandRun.of("check", config);
    assertThat(check.err()).startsWith(config + ": ").contains(message);
    assertThat(check.err()).doesNotContain("Exception");
    assertThat(check.out()).isEmpty();
    assertThat(check.status()).isEqualTo(3);

    Path run = folder.resolve("run");
    CommandRun train = CommandRun.of("train", config, "--run", run);
    assertThat(train.err()).isEqualTo(check.err());
    assertThat(train.status()).isEqualTo(3);
    assertThat(run).doesNotExist();
  }
}
